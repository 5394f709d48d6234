"""One reader for each kind of file, all of the shape `read(source) -> PackageFacts`."""
