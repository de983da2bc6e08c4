"""The specialist hospital: accredit family doctors, divide the experts' hours, admit referred children."""
