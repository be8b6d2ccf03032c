import { randomUUID } from 'node:crypto';
import { identifierIn } from './actors.ts';
import { brief } from './api-client.ts';
import type { Scenario } from './stage.ts';

const both = '{"events":["INVOKE","SHUTDOWN"]}';

/** Before the runtime has started. */
export const registration: Scenario = async ({ extension }) => {
  const { register, next, report, put } = extension;
  const refused = {
    'register: without a name': brief(await register(undefined, both)),
    'register: unknown event': brief(await register('probe', '{"events":["FOO"]}')),
    'register: malformed JSON': brief(await register('probe', '{')),
    'register: empty body': brief(await register('probe', '')),
    'register: events not a list': brief(await register('probe', '{"events":"INVOKE"}')),
    'register: configurationKeys': brief(await register('probe', '{"configurationKeys":["a"]}')),
    'register: SHUTDOWN for an internal extension': brief(await register('other', both)),
    'register: unknown event for an internal extension': brief(
      await register('other', '{"events":["FOO"]}'),
    ),
  };
  const features = { 'lambda-extension-accept-feature': 'accountId' };
  const registered = await register('probe', both, features);
  const id = identifierIn(registered);
  return {
    ...refused,
    'register: with the account': brief(registered),
    'register: a second time': brief(await register('probe', both)),
    'register: an internal extension': brief(await register('other', '{"events":["INVOKE"]}')),
    'register: an internal extension a second time': brief(await register('other', '{}')),
    'next: without an identifier': brief(await next(undefined)),
    'next: invalid identifier': brief(await next('not-a-uuid')),
    'next: unknown identifier': brief(await next(randomUUID())),
    'init/error: without its type': brief(await report('init', id)),
    'init/error: unknown identifier': brief(await report('init', randomUUID(), 'Extension.Odd')),
    'exit/error: without its type': brief(await report('exit', id)),
    'telemetry: subscribe': brief(await put('/2022-07-01/telemetry')),
    'logs: subscribe': brief(await put('/2020-08-15/logs')),
  };
};
