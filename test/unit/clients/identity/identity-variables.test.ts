import { expect, it } from 'vitest';
import {
  isAwsIdentityVariable,
  isIdentityVariable,
} from '../../../../clients/identity/identity-variables.ts';

it.each([
  ['TOKENVEND_IDENTITY_TOKEN', true, false],
  ['TOKENVEND_IDENTITY_TOKEN_FILE', true, false],
  ['TOKENVEND_API_URL', true, false],
  ['ACTIONS_ID_TOKEN_REQUEST_URL', true, false],
  ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', true, false],
  ['AWS_SESSION_TOKEN', false, true],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', false, true],
  ['AWS_CONTAINER_AUTHORIZATION_TOKEN', false, true],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', false, true],
  ['AWS_SHARED_CREDENTIALS_FILE', false, true],
  ['AWS_CONFIG_FILE', false, true],
  ['AWS_REGION', false, false],
  ['PATH', false, false],
])('of variables that say who one is, %s is ours: %j, AWS’s: %j', (name, ours, aws) => {
  expect([isIdentityVariable(name), isAwsIdentityVariable(name)]).toEqual([ours, aws]);
});
