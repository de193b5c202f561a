"""What every view is given: the words of the locale, the frame of the site, and the records that its page declared."""
