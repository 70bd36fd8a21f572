#!/bin/sh
# Deploys bootstrap.cfn.yaml to an account of accounts.csv, or updates it:
#
#   sh bootstrap/deploy.sh ACCOUNT
#
# Run it with credentials of that account that can manage IAM.
set -eu

cd "$(dirname "$0")"
wanted="${1:-}"

{
  read -r _
  while IFS=, read -r account id region create_provider state_key boundary; do
    if [ "$account" = "$wanted" ]; then break; fi
  done
} < accounts.csv
if [ -z "$wanted" ] || [ "$account" != "$wanted" ]; then
  echo "'$wanted' is not an account of bootstrap/accounts.csv. Usage: sh bootstrap/deploy.sh ACCOUNT" >&2
  exit 2
fi

credentials="$(aws sts get-caller-identity --query Account --output text)"
if [ "$credentials" != "$id" ]; then
  echo "These are credentials of the account $credentials, but $account is $id." >&2
  exit 1
fi

aws cloudformation deploy \
  --stack-name gitlab-oidc-bootstrap \
  --template-file bootstrap.cfn.yaml \
  --capabilities CAPABILITY_NAMED_IAM \
  --no-fail-on-empty-changeset \
  --region "$region" \
  --parameter-overrides \
    "CreateProvider=$create_provider" \
    "StateKey=$state_key" \
    "BoundaryArn=$boundary"
