"""What several rooms are built of: pictures with tables and downloads, progress, notices."""
