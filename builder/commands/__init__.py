"""One module or package a command of ``build.py`` that is more than a build."""
