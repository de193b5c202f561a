"""Documents of an office, in and out: Word, Excel, CSV and web pages become items, and items become such documents."""
