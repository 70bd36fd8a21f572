import { App } from "cdktn";
import { GitlabOidcStack } from "./lib/gitlab-oidc-stack";

const app = new App({
  // The first versions whose S3 backend can use a lock file.
  context: { targetVersions: { terraform: ">=1.10", opentofu: ">=1.10" } },
});
new GitlabOidcStack(app, "gitlab-oidc");
app.synth();
