import { App } from "cdktf";
import { ownRoles as rolesOf_dev } from "./lib/accounts/dev";
import { ownRoles as rolesOf_prod } from "./lib/accounts/prod";
import { GitlabOidcStack } from "./lib/gitlab-oidc-stack";

const app = new App();
new GitlabOidcStack(app, "dev", {
  region: "eu-west-1",
  accountId: "111111111111",
  s3: {
    bucket: "mygroup-terraform-state",
    key: "cdktf/gitlab-aws-oidc/dev/terraform.tfstate",
    region: "eu-west-1",
  },
  roles: ["shop-deploy"],
  ownRoles: rolesOf_dev,
});
new GitlabOidcStack(app, "stage", {
  region: "eu-west-1",
  accountId: "222222222222",
  s3: {
    bucket: "mygroup-terraform-state",
    key: "cdktf/gitlab-aws-oidc/stage/terraform.tfstate",
    region: "eu-west-1",
  },
  hasProvider: true,
  roles: ["shop-deploy"],
});
new GitlabOidcStack(app, "prod", {
  region: "eu-central-1",
  accountId: "333333333333",
  s3: {
    bucket: "mygroup-terraform-state",
    key: "cdktf/gitlab-aws-oidc/prod/terraform.tfstate",
    region: "eu-west-1",
  },
  permissionsBoundary: "arn:aws:iam::333333333333:policy/ci-boundary",
  tags: {
    Stage: "prod",
  },
  ownRoles: rolesOf_prod,
});
app.synth();
