"""Comments on Gitea and Forgejo, whose runs have the variables of GitHub and one that says what they are."""

from builder.posting.platform import Platform

GITEA = Platform(
    name="Gitea",
    shown_by=("GITEA_ACTIONS", "FORGEJO_ACTIONS"),
    api="GITHUB_API_URL",
    default_api="",
    repository="GITHUB_REPOSITORY",
    number="GITHUB_REF",
    token=("GITEA_TOKEN", "FORGEJO_TOKEN", "GITHUB_TOKEN"),
    link="{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_NUMBER}",
    scheme=("Authorization", "token "),
    comments="repos/{repository}/issues/{number}/comments",
    comment="repos/{repository}/issues/comments/{id}",
    update="PATCH",
    author="user",
    longest=65_536,  # none is documented
    permission="令牌要勾 write:issue 和 read:user",
)
