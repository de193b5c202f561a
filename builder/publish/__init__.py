"""Publishing: the whole site is staged beside the output folder and takes its place in one step.

Whatever happens on the way, the output folder holds the last good site or the new one, never a mixture.
"""

from __future__ import annotations

from builder.publish.artifact import MANIFEST, Artifact, Manifest, replace_file, write_file
from builder.publish.errors import PublishError
from builder.publish.staging import Staging, stage

__all__ = ["MANIFEST", "Artifact", "Manifest", "PublishError", "Staging", "replace_file", "stage", "write_file"]
