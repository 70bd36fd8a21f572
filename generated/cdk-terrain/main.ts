import { App } from "cdktn";
import { GitlabOidcStack } from "./lib/gitlab-oidc-stack";

const app = new App({
  // The first that have a lock file for the S3 backend.
  context: { targetVersions: { terraform: ">=1.10", opentofu: ">=1.10" } },
});
new GitlabOidcStack(app, "gitlab-oidc");
app.synth();
