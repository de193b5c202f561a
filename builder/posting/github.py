"""Comments on GitHub: a pull request is an issue there, and so are its comments."""

from builder.posting.platform import Platform

GITHUB = Platform(
    name="GitHub",
    shown_by=("GITHUB_ACTIONS",),
    api="GITHUB_API_URL",
    default_api="https://api.github.com",
    repository="GITHUB_REPOSITORY",
    number="GITHUB_REF",
    token=("GITHUB_TOKEN", "GH_TOKEN"),
    link="{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}",
    scheme=("Authorization", "Bearer "),
    comments="repos/{repository}/issues/{number}/comments",
    comment="repos/{repository}/issues/comments/{id}",
    update="PATCH",
    author="user",
    longest=65_536,
    permission="工作流里要写 permissions: pull-requests: write；从别人的仓库来的合并请求，令牌只能读",
    bots_only=True,
)
