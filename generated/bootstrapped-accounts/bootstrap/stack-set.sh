#!/bin/sh
# Deploys bootstrap.cfn.yaml to every account of the organizational units, now and in the future, or updates it.
# Run it with credentials of the management account, or of a delegated administrator with CALL_AS=DELEGATED_ADMIN.
# StackSets does not deploy to the management account: deploy the template there by hand if it needs it.
set -eu

cd "$(dirname "$0")"
name=gitlab-oidc-bootstrap
region=eu-west-1
call_as=${CALL_AS:-SELF}
units=OrganizationalUnitIds=ou-abcd-11112222

if aws cloudformation describe-stack-set --stack-set-name "$name" --call-as "$call_as" --region "$region" > /dev/null 2>&1; then
  action=update-stack-set
else
  action=create-stack-set
fi

# An account that leaves the organizational units loses the stack, and with it what the pipeline signs in to.
aws cloudformation "$action" \
  --stack-set-name "$name" \
  --template-body file://bootstrap.cfn.yaml \
  --capabilities CAPABILITY_NAMED_IAM \
  --permission-model SERVICE_MANAGED \
  --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false \
  --managed-execution Active=true \
  --call-as "$call_as" \
  --region "$region"

# IAM is global, so one region is enough. A run that ended before this left the StackSet without stacks.
stacks="$(aws cloudformation list-stack-instances --stack-set-name "$name" --call-as "$call_as" --region "$region" --query 'length(Summaries)' --output text)"
if [ "$stacks" = 0 ]; then
  operation="$(
    aws cloudformation create-stack-instances \
      --stack-set-name "$name" \
      --deployment-targets "$units" \
      --regions "$region" \
      --operation-preferences FailureTolerancePercentage=10,MaxConcurrentPercentage=25 \
      --call-as "$call_as" \
      --region "$region" \
      --query OperationId \
      --output text
  )"
  # Only an account that has the stack can be given its own parameters.
  while true; do
    status="$(
      aws cloudformation describe-stack-set-operation \
        --stack-set-name "$name" \
        --operation-id "$operation" \
        --call-as "$call_as" \
        --region "$region" \
        --query StackSetOperation.Status \
        --output text
    )"
    case "$status" in
      SUCCEEDED) break ;;
      FAILED | STOPPED)
        echo "The operation $operation of the StackSet has the status $status. Correct the cause, then run this again." >&2
        exit 1
        ;;
    esac
    sleep 10
  done
fi

# Each account gets what accounts.csv says of it. StackSets runs these operations one after the other.
failed=
{
  read -r _
  while IFS=, read -r account id _ create_provider state_key boundary; do
    parameters=''
    set -- CreateProvider "$create_provider" StateKey "$state_key" BoundaryArn "$boundary"
    while [ "$#" -gt 0 ]; do
      parameters="$parameters${parameters:+,}{\"ParameterKey\":\"$1\",\"ParameterValue\":\"$2\"}"
      shift 2
    done
    aws cloudformation update-stack-instances \
      --stack-set-name "$name" \
      --deployment-targets "$units,Accounts=$id,AccountFilterType=INTERSECTION" \
      --regions "$region" \
      --parameter-overrides "[$parameters]" \
      --call-as "$call_as" \
      --region "$region" < /dev/null || failed="$failed $account"
  done
} < accounts.csv
if [ -n "$failed" ]; then
  echo "Not updated:$failed. An account outside the organizational units is deployed by deploy.sh." >&2
  exit 1
fi
