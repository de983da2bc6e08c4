"""The room of the children: one child's life in two worlds, and who gains and loses."""
