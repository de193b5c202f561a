#!/bin/sh
# 检查、审核、预览，一个命令做完：在合并请求的运行里用，也能在自己的电脑上用。
# 怎么放进仓库、看得到什么，见 docs/ci/README.md。下面这些可以在环境里另写：
SITE=${SITE:-site.yaml}              # 网站设置文件
BASE=${BASE:-}                       # 和什么比，如 origin/main；不写就用现在的文件和主分支比
STRICT=${STRICT:-}                   # 写 1，警告也不让过
POST=${POST:-auto}                   # 评论发到哪个平台：auto、github、gitlab、gitea、gitee、gitcode；no 是不发
ANNOTATIONS=${ANNOTATIONS:-text}     # 检查的问题怎么报：github 标在改动旁边，gitlab 写进代码质量报告，text 只显示
OUT=${OUT:-review}                   # 产物放在哪里
BUILD=${BUILD:-uv run build.py}      # 怎么运行程序

set -u
export GIT_TERMINAL_PROMPT=0
mkdir -p "$OUT" || exit 3
rm -f "$OUT/review.md" "$OUT/review.html" "$OUT/sheet.html"

case $STRICT in '' | 0) strict='' ;; *) strict=--strict ;; esac

# 历史要全，不然找不到这个分支是从哪里分出来的。
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]; then
  git fetch --quiet --unshallow || echo '取不全 git 的历史。CI 里写 fetch-depth: 0。' >&2
fi
case $BASE in
  origin/*) git rev-parse --verify --quiet "$BASE^{commit}" >/dev/null ||
    git fetch --quiet origin "+refs/heads/${BASE#origin/}:refs/remotes/$BASE" ;;
esac

# Gitee 的运行只知道仓库叫什么，不知道是谁的；GitCode 的什么也不说。
case $POST:${GITEE_PIPELINE_NAME:+gitee} in
  gitee:* | gitcode:* | auto:gitee)
    origin=$(git remote get-url origin | sed -e 's#/*$##' -e 's#\.git$##' -e 's#^.*[:/]\([^/:]*/[^/]*\)$#\1#')
    export REVIEW_REPOSITORY="${REVIEW_REPOSITORY:-$origin}"
    ;;
esac

post=''
if [ "$POST" != no ]; then
  if [ -n "${REVIEW_TOKEN:-}${GITHUB_TOKEN:-}${GH_TOKEN:-}${GITLAB_TOKEN:-}${GITEA_TOKEN:-}${FORGEJO_TOKEN:-}" ] ||
    [ -n "${GITEE_TOKEN:-}${GITEE_ACCESS_TOKEN:-}${GITCODE_TOKEN:-}" ]; then
    post="--post $POST"
  else
    echo "没有令牌，不发评论。审核在产物 $OUT 里。" >&2
  fi
fi

# 检查：全部问题都写进 check.txt，平台只显示前几个的也不会丢。
$BUILD check --site "$SITE" $strict >"$OUT/check.txt"
checked=$?
case $ANNOTATIONS in
  github) $BUILD check --site "$SITE" --format github $strict ;;
  gitlab) $BUILD check --site "$SITE" --format gitlab $strict >"$OUT/codequality.json" ;;
esac
case $ANNOTATIONS in
  github) ;;
  *) cat "$OUT/check.txt" ;;
esac

# 审核：先写好、再发。发不上去的，产物里照样有。
$BUILD review ${BASE:+"$BASE..HEAD"} --site "$SITE" --out "$OUT/review.md" $post
reviewed=$?
if [ -f "$OUT/review.md" ]; then
  cat "$OUT/review.md"
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$OUT/review.md" >>"$GITHUB_STEP_SUMMARY"; fi
  $BUILD review ${BASE:+"$BASE..HEAD"} --site "$SITE" --format html --out "$OUT/review.html"
  if [ "$reviewed" -ne 1 ]; then
    $BUILD review ${BASE:+"$BASE..HEAD"} --site "$SITE" --format sheet --out "$OUT/sheet.html"
  fi
fi

# 预览：有错误的内容没有网站。
$BUILD build --site "$SITE" --out "$OUT/site" --no-pdf >"$OUT/build.txt" 2>&1
built=$?
case $built in
  0) ;;
  1) echo '内容有错误，没有做预览网站。' >&2 ;;
  *) cat "$OUT/build.txt" >&2 ;;
esac

# 检查没过是 1，评论没有发上去、没有比成是 2 或 3。
for code in "$checked" "$built" "$reviewed"; do
  if [ "$code" -ne 0 ]; then exit "$code"; fi
done
