"""Comments on GitLab, the one of an office too: the notes of a merge request."""

from builder.posting.platform import Platform

GITLAB = Platform(
    name="GitLab",
    shown_by=("GITLAB_CI",),
    api="CI_API_V4_URL",
    default_api="https://gitlab.com/api/v4",
    repository="CI_MERGE_REQUEST_PROJECT_ID",
    number="CI_MERGE_REQUEST_IID",
    token=("GITLAB_TOKEN",),  # the token of the job itself may not write notes
    link="{CI_JOB_URL}",
    scheme=("PRIVATE-TOKEN", ""),
    comments="projects/{repository}/merge_requests/{number}/notes",
    comment="projects/{repository}/merge_requests/{number}/notes/{id}",
    update="PUT",
    author="author",
    longest=1_000_000,
    permission="令牌要有 api 权限，身份是 Reporter 以上；只给受保护分支的变量，别的分支拿不到",
    slash_in_repository="",
)
