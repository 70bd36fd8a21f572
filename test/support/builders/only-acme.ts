/** A statement of an RCP that denies the tokens of gitlab.com from other groups than acme. */
export const ONLY_ACME = {
  Sid: 'OnlyAcme',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Resource: '*',
  Condition: {
    Null: { 'gitlab.com:sub': 'false' },
    StringNotLike: { 'gitlab.com:sub': 'project_path:acme/*' },
  },
};
