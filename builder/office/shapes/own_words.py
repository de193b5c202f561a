"""The words of a site, ``content/import.yaml``, and of a mapping file, which has the same form: they win over ours."""

from __future__ import annotations

from builder.content.model.companions import ImportWords
from builder.content.source import read
from builder.content.validate import WRONG_VALUE, build
from builder.office.shapes.vocabulary import Vocabulary
from builder.support.diagnostics import ConfigurationError


def with_words_of(vocabulary: Vocabulary, name: str, data: bytes) -> Vocabulary:
    """Return the vocabulary with the words in the YAML file `name`. Raises `ConfigurationError`."""
    document, findings = read(name, data)
    if document is None:
        raise ConfigurationError(findings)
    words, wrong = build(ImportWords, document.raw, name)
    if words is None:
        raise ConfigurationError([*findings, *wrong])
    for index, label in enumerate(words.labels):
        try:
            vocabulary = vocabulary.extended({label.field: label.say})
        except ValueError as error:
            says, _, hint = str(error).partition("。")
            raise ConfigurationError([WRONG_VALUE.at(name, "labels", index, "field", says=says, hint=hint)]) from None
    try:
        return vocabulary.extended({}, words.generic, words.columns)
    except ValueError as error:
        says, _, hint = str(error).partition("。")
        raise ConfigurationError([WRONG_VALUE.at(name, "columns", says=says, hint=hint)]) from None
