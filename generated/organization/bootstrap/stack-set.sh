#!/bin/sh
# Deploys bootstrap.cfn.yaml to every account of the organizational units, now and in the future, or updates it.
# Run it with credentials of the management account, or of a delegated administrator with CALL_AS=DELEGATED_ADMIN.
# StackSets does not deploy to the management account: deploy the template there by hand if it needs it.
set -eu

cd "$(dirname "$0")"
name=gitlab-oidc-bootstrap
region=eu-west-1
call_as=${CALL_AS:-SELF}

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
  --call-as "$call_as" \
  --region "$region"

# IAM is global, so one region is enough. A run that ended before this left the StackSet without stacks.
stacks="$(aws cloudformation list-stack-instances --stack-set-name "$name" --call-as "$call_as" --region "$region" --query 'length(Summaries)' --output text)"
if [ "$stacks" = 0 ]; then
  aws cloudformation create-stack-instances \
    --stack-set-name "$name" \
    --deployment-targets OrganizationalUnitIds=ou-abcd-11112222 \
    --regions "$region" \
    --operation-preferences FailureTolerancePercentage=10,MaxConcurrentPercentage=25 \
    --call-as "$call_as" \
    --region "$region"
fi
