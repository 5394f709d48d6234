"""The pages: URLs, forms and short views; two applications, one for people and one for uploaded content."""
