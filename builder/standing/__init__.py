"""Where the guides of a site stand on a day: how complete, when checked, what is to be done. For the person in charge."""
