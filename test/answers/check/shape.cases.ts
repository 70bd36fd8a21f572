import type { BadAnswers } from './bad-answers.ts';

/** Answers of the wrong shape: misspelt, missing, of another type. */
export const SHAPES: readonly BadAnswers[] = [
  { name: 'a misspelt answer', answers: { 'aws.regoin': 'eu-west-1' }, what: 'no such answer' },
  { name: 'a missing answer', answers: { 'gitlab.url': undefined }, what: 'is missing' },
  { name: 'a version to come', answers: { version: 3 }, what: '"3" is not a version' },
  { name: 'the instance as text', answers: { gitlab: 'https://gitlab.com' }, what: 'not fit here' },
  { name: 'roles as a mapping', answers: { roles: { deploy: {} } }, what: 'does not fit here' },
  { name: 'a role as text', answers: { 'roles[0]': 'deploy' }, what: '"deploy" does not fit here' },
  { name: 'a branch as text', answers: { 'roles[0].refs.branches': 'main' }, what: '"main"' },
  { name: 'a branch as number', answers: { 'roles[0].refs.branches[0]': 1.1 }, what: '"1.1"' },
  { name: 'a branch of nothing', answers: { 'roles[0].refs.branches[0]': null }, what: '"null"' },
  { name: 'yes as text', answers: { 'roles[0].refs.protected_only': 'yes' }, what: '"yes"' },
  { name: 'a duration as text', answers: { 'roles[0].session_duration': '1h' }, what: '"1h"' },
  { name: 'half a second', answers: { 'roles[0].session_duration': 3600.5 }, what: '3600.5' },
  { name: 'an id as text', answers: { 'roles[0].projects[0].id': '20' }, what: '"20"' },
  { name: 'an id of zero', answers: { 'roles[0].projects[0].id': 0 }, what: '"0"' },
  {
    name: 'a tag as number',
    answers: { 'roles[0].tags': { Cost: 1 } },
    where: 'roles[0].tags.Cost',
    what: '"1"',
  },
  { name: 'tags as a list', answers: { 'roles[0].tags': ['Owner'] }, what: 'a list does not fit' },
  { name: 'no permissions as a list', answers: { 'roles[0].permissions': [] }, what: 'a list' },
  { name: 'an unknown provider', answers: { 'provider.mode': 'new' }, what: '"new" does not fit' },
  { name: 'an unknown output', answers: { output: 'pulumi' }, what: '"pulumi" does not fit here' },
  { name: 'an unknown state', answers: { 'state.backend': 'consul' }, what: '"consul"' },
  {
    name: 'a state with too much',
    answers: { 'state.bucket': 'b' },
    what: 'a state with the backend local has no bucket',
  },
  { name: 'unknown credentials', answers: { 'ci.credentials': 'oidc' }, what: '"oidc"' },
  { name: 'an unknown partition', answers: { 'aws.partition': 'aws-eu' }, what: '"aws-eu"' },
  { name: 'a quota of nothing', answers: { 'aws.quotas.roles': 0 }, what: '"0" does not fit here' },
  { name: 'a token', answers: { 'gitlab.token': 'glpat' }, what: 'no answer takes a token' },
];
