"""Publishing: the new site is prepared beside the output folder, then replaces it in one step.

At every moment the output folder holds either the last good site or the new one, never a mixture.
"""

from __future__ import annotations

from builder.publish.artifact import MANIFEST, Artifact, Manifest, Unit, replace_file, write_file
from builder.publish.errors import PublishError
from builder.publish.lock import one_at_a_time
from builder.publish.staging import Staging, published, stage

__all__ = [
    "MANIFEST",
    "Artifact",
    "Manifest",
    "PublishError",
    "Staging",
    "Unit",
    "one_at_a_time",
    "published",
    "replace_file",
    "stage",
    "write_file",
]
