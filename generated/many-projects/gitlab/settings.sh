#!/bin/sh
# Sets in GitLab what the roles of this repository depend on; settings.md gives the reasons. It changes only what is
# missing, keeps existing protection rules, and can run again at any time.
#
#   sh gitlab/settings.sh --check   reads only; exits 1 if a setting is missing
#   sh gitlab/settings.sh           sets what is missing
#
# Exits 2 if something could not be read or set. Requires curl 7.55 or newer, and a token of a Maintainer with the scope
# api (read_api for --check) in GITLAB_TOKEN, or typed in when asked.
#
# JSON is not parsed. A quote inside a JSON string always has a backslash before it, so text such as "protected":true
# in an answer can only be the field itself, never a part of a description or a name.

set -u
LC_ALL=C
export LC_ALL

api=https://gitlab.com/api/v4
newline='
'
tab='	'

usage() {
  echo 'Usage: sh gitlab/settings.sh [--check]'
}

check=no
case "$#:${1:-}" in
  0:) ;;
  1:--check) check=yes ;;
  1:--help) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
esac

if ! command -v curl > /dev/null; then
  echo 'curl is not installed. Install it, then run this script again.' >&2
  exit 2
fi

# No other program gets the token from the environment; curl reads it from a pipe.
token=${GITLAB_TOKEN:-}
unset GITLAB_TOKEN
if [ -z "$token" ]; then
  if ! [ -t 0 ]; then
    echo 'GITLAB_TOKEN is not set, and there is no terminal to ask for it. Set it to a token with the scope api.' >&2
    exit 2
  fi
  terminal=$(stty -g)
  trap 'stty "$terminal"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  stty -echo
  printf 'GitLab token (not shown): ' >&2
  IFS= read -r token
  stty "$terminal"
  echo >&2
fi
case $token in
  '' | *[!!-~]*)
    echo 'The token is empty or contains a character that no token has. Copy it again from GitLab.' >&2
    exit 2
    ;;
esac

missing=0
failures=0
title=

# Prints a line about a setting of a project. Whatever a terminal could act on is shown as a question mark.
say() {
  printf '%-8s%s: %s\n' "$1" "$title" "$2" | tr -c '\n -~' '?'
}

fail() {
  failures=$((failures + 1))
  say failed "$1" >&2
}

# request METHOD PLACE [NAME=VALUE]...  Sends a request, and sets status and body.
request() {
  method=$1
  url=$api/$2
  shift 2
  for parameter in "$@"; do
    set -- "$@" --data-urlencode "$parameter"
    shift
  done
  answer=$(
    printf 'PRIVATE-TOKEN: %s\n' "$token" | curl --silent --show-error --globoff --proto =https --max-time 60 \
      --retry 3 --request "$method" --header @- --write-out '\n%{http_code}' "$@" "$url"
  ) || {
    echo "GitLab could not be reached at $api." >&2
    exit 2
  }
  status=${answer##*"$newline"}
  body=${answer%"$newline"*}
  if [ "$status" = 401 ]; then
    echo 'GitLab rejected the token (401): it is wrong, expired or revoked.' >&2
    exit 2
  fi
}

# Says why a request failed.
fail_by_status() {
  case $status in
    403) fail "$1: the token has no permission (403). It needs the scope api and the Maintainer role." ;;
    404) fail "$1: not found (404), or the token cannot see it." ;;
    30?) fail "$1: it was moved or renamed ($status). Correct its path in gitlab-aws-oidc.yaml, then run update." ;;
    *) fail "$1: GitLab answered with status $status." ;;
  esac
}

# Whether to set what is missing.
to_set() {
  if [ "$check" = no ]; then return 0; fi
  missing=$((missing + 1))
  say missing "$1"
  return 1
}

# Whether a list of protection rules on standard input has one that covers the ref. In a rule, * is the only wildcard;
# rules with a quote or backslash are passed over.
one_covers() {
  tr '{' '\n' | tr '}' '\n' | sed -n 's/.*"name":"\([^"\\]*\)".*/\1/p' | (
    while IFS= read -r rule; do
      case $rule in
        *[][?]*) continue ;;
      esac
      # shellcheck disable=SC2254 # the rule is a pattern
      case $1 in
        $rule) exit 0 ;;
      esac
    done
    exit 1
  )
}

# protect TYPE NAME RULES NAME_IN_URL [NAME=VALUE]...
protect() {
  what="$1 $2 is protected"
  ref=$2
  rules=$project/$3
  exact=$project/$3/$4
  shift 4
  request GET "$exact"
  if [ "$status" = 200 ]; then
    say ok "$what"
    return
  fi
  if [ "$status" != 404 ]; then
    fail_by_status "$what"
    return
  fi
  # Another rule with a wildcard may cover it. A second rule could then allow more people to push, so none is added.
  page=1
  while :; do
    request GET "$rules?per_page=100&page=$page"
    if [ "$status" != 200 ]; then
      fail_by_status "$what"
      return
    fi
    if [ "$body" = '[]' ]; then break; fi
    if printf '%s' "$body" | one_covers "$ref"; then
      say ok "$what"
      return
    fi
    page=$((page + 1))
  done
  to_set "$what" || return
  request POST "$rules" "$@"
  if [ "$status" = 201 ]; then
    say set "$what"
  else
    fail_by_status "$what"
  fi
}

# Whether the project in body has this value in a field.
has() {
  case $(printf '%s' "$body" | tr -d " $tab\r\n") in
    *"\"$1\":$2"[,"}"]*) return 0 ;;
  esac
  return 1
}

# project_field WHAT FIELD JSON NEEDS [NAME=VALUE]...  NEEDS says what is required to see the field.
project_field() {
  what=$1
  field=$2
  value=$3
  needs=$4
  shift 4
  body=$project_body
  case $body in
    *"\"$field\":"* | *"\"$field\" :"*) ;;
    *)
      fail "$what: GitLab does not show $field. This requires $needs."
      return
      ;;
  esac
  if has "$field" "$value"; then
    say ok "$what"
    return
  fi
  to_set "$what" || return
  request PUT "$project" "$@"
  if [ "$status" != 200 ]; then
    fail_by_status "$what"
  elif has "$field" "$value"; then
    say set "$what"
  else
    fail "$what: GitLab accepted the call, but $field has another value."
  fi
}

# in_project PLACE PATH SETTINGS
in_project() {
  project=$1
  title=$2
  request GET "$project"
  project_body=$body
  if [ "$status" = 200 ]; then
    "$3"
  else
    fail_by_status 'project'
  fi
}

# in_group PATH PATH_IN_URL SETTINGS [PROJECT]...  Every project of a group but the named ones, which have their own.
in_group() {
  group=$1
  group_place=groups/$2/projects
  settings=$3
  shift 3
  except="$newline$(printf '%s\n' "$@")$newline"
  group_page=1
  while :; do
    title=$group
    request GET "$group_place?include_subgroups=true&with_shared=false&archived=false&simple=true&order_by=id&sort=asc&per_page=100&page=$group_page"
    if [ "$status" != 200 ]; then
      fail_by_status 'projects of the group'
      return
    fi
    if [ "$body" = '[]' ]; then return; fi
    # A project's path has only letters, digits and the signs _ - . and /.
    paths=$(printf '%s' "$body" | tr '{}' '\n\n' | sed -n 's/.*"path_with_namespace":"\([A-Za-z0-9_./-]*\)".*/\1/p')
    if [ -z "$paths" ]; then
      fail 'the list of its projects cannot be read.'
      return
    fi
    for path in $paths; do
      case $except in
        *"$newline$path$newline"*) continue ;;
      esac
      case $path in
        "$group"/*) in_project "projects/$(printf '%s' "$path" | sed 's|/|%2F|g')" "$path" "$settings" ;;
      esac
    done
    group_page=$((group_page + 1))
  done
}

settings_1() {
  protect branch main protected_branches main \
    name=main \
    push_access_level=40 \
    merge_access_level=40
}

settings_2() {
  protect branch main protected_branches main \
    name=main \
    push_access_level=40 \
    merge_access_level=40
  protect branch 'hotfix/*' protected_branches 'hotfix%2F*' \
    'name=hotfix/*' \
    push_access_level=40 \
    merge_access_level=40
  protect tag 'v*' protected_tags 'v*' \
    'name=v*' \
    create_access_level=40
}

in_project projects/2000 acme/services/accounts settings_1
in_project projects/2001 acme/services/billing settings_1
in_project projects/2002 acme/services/catalog settings_1
in_project projects/2003 acme/services/checkout settings_1
in_project projects/2004 acme/services/delivery settings_1
in_project projects/2005 acme/services/email settings_1
in_project projects/2006 acme/services/fraud settings_1
in_project projects/2007 acme/services/gateway settings_1
in_project projects/2008 acme/services/inventory settings_1
in_project projects/2009 acme/services/invoices settings_1
in_project projects/2010 acme/services/ledger settings_1
in_project projects/2011 acme/services/loyalty settings_1
in_project projects/2012 acme/services/notifications settings_1
in_project projects/2013 acme/services/orders settings_1
in_project projects/2014 acme/services/payments settings_1
in_project projects/2015 acme/services/pricing settings_1
in_project projects/2016 acme/services/profile settings_1
in_project projects/2017 acme/services/reports settings_1
in_project projects/2018 acme/services/returns settings_1
in_project projects/2019 acme/services/search settings_1
in_project projects/3001 acme/web/site settings_2
in_project projects/3002 acme/web/shop settings_2
in_group acme/operations acme%2Foperations settings_1

if [ "$failures" -gt 0 ]; then
  echo "$failures could not be read or set." >&2
  exit 2
fi
if [ "$missing" -gt 0 ]; then
  echo "$missing missing. To set them, run: sh gitlab/settings.sh" >&2
  exit 1
fi
echo 'Every setting is as it must be.'
