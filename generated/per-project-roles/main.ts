import { App } from "cdktf";
import { GitlabOidcStack } from "./lib/gitlab-oidc-stack";

const app = new App();
new GitlabOidcStack(app, "gitlab-oidc");
app.synth();
