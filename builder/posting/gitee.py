"""Comments on Gitee, and on GitCode, which has the same paths.

Both take the token in a header as well as in a parameter, so it never stands in an address.
"""

from dataclasses import replace

from builder.posting.platform import Platform

GITEE = Platform(
    name="Gitee",
    shown_by=("GITEE_PIPELINE_NAME",),
    api="GITEE_API_BASE",
    default_api="https://gitee.com/api/v5",
    repository="",  # a run of Gitee Go knows the name of its repository, and not whose it is
    number="GITEE_PULL_ID",
    token=("GITEE_TOKEN", "GITEE_ACCESS_TOKEN"),
    link="",
    scheme=("Authorization", "Bearer "),
    comments="repos/{repository}/pulls/{number}/comments",
    comment="repos/{repository}/pulls/comments/{id}",
    update="PATCH",
    author="user",
    longest=20_000,  # none is documented; a text of MySQL holds 65,535 bytes, a character of Chinese has three
    permission="令牌要勾 pull_requests、notes 和 user_info",
)

GITCODE = replace(
    GITEE,
    name="GitCode",
    shown_by=(),
    api="GITCODE_API_BASE",
    default_api="https://api.gitcode.com/api/v5",
    number="",
    token=("GITCODE_TOKEN",),
    permission="令牌要能读写合并请求（pull_requests）",
)
