import { describe, expect, it } from 'vitest';
import { createExtensionsApi } from '../../../../layers/extension/extensions-api.ts';
import type { RuntimeAnswer, RuntimeCall } from '../../../../layers/extension/runtime-call.ts';

const id = '0d9c4b5e-1111-4222-8333-444455556666';

function anApi(answers: readonly Partial<RuntimeAnswer>[]) {
  const calls: RuntimeCall[] = [];
  const api = createExtensionsApi(async (call) => {
    const answer = answers[calls.length];
    calls.push(call);
    return { status: 200, headers: {}, body: '{}', ...answer };
  }, 'tokenvend');
  return { api, calls };
}

const registered = { headers: { 'lambda-extension-identifier': id } };

describe('the Extensions API', () => {
  it("registers under the file's name", async () => {
    const { api, calls } = anApi([registered]);

    await api.register(['INVOKE', 'SHUTDOWN']);

    expect(calls).toEqual([
      {
        method: 'POST',
        path: 'register',
        headers: { 'lambda-extension-name': 'tokenvend', 'content-type': 'application/json' },
        body: '{"events":["INVOKE","SHUTDOWN"]}',
      },
    ]);
  });

  it('says why it was not registered', async () => {
    const body = '{"errorType":"Extension.TooManyExtensions","errorMessage":"…"}';
    const { api } = anApi([{ status: 403, body }]);

    await expect(api.register([])).rejects.toMatchObject({
      status: 403,
      type: 'Extension.TooManyExtensions',
    });
  });

  it.each([
    { status: 200, headers: {} },
    { status: 500, body: 'not JSON' },
  ])('takes no half of a registration for a whole one (%j)', async (answer) => {
    const { api } = anApi([answer]);

    await expect(api.register([])).rejects.toMatchObject({ name: 'RegistrationError' });
  });

  it.each([
    ['{"eventType":"INVOKE","deadlineMs":1,"requestId":"r","invokedFunctionArn":"a"}', 'INVOKE'],
    ['{"eventType":"SHUTDOWN","shutdownReason":"SandboxTerminated"}', 'SHUTDOWN'],
  ])('reads events for what they are, whatever their content type', async (body, expected) => {
    const { api, calls } = anApi([
      registered,
      { body, headers: { 'content-type': 'text/plain; charset=utf-8' } },
    ]);
    const { next } = await api.register(['INVOKE']);

    expect(await next()).toBe(expected);
    expect(calls[1]).toEqual({
      method: 'GET',
      path: 'event/next',
      headers: { 'lambda-extension-identifier': id },
    });
  });

  it.each([
    { status: 403, body: '{"errorType":"Extension.InvalidExtensionState"}' },
    { status: 200, body: '{"eventType":"OTHER"}' },
    { status: 200, body: '' },
  ])('takes nothing else for an event (%j)', async (answer) => {
    const { api } = anApi([registered, answer]);
    const { next } = await api.register(['INVOKE']);

    await expect(next()).rejects.toThrow();
  });

  it('reports why it cannot start', async () => {
    const { api, calls } = anApi([registered, { status: 202 }]);
    const { initError } = await api.register([]);

    await initError({
      type: 'Extension.InvalidSettings',
      message: 'TOKENVEND_API_URL is not set.',
    });

    expect(calls[1]).toMatchObject({
      method: 'POST',
      path: 'init/error',
      headers: {
        'lambda-extension-identifier': id,
        'lambda-extension-function-error-type': 'Extension.InvalidSettings',
      },
    });
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({
      errorMessage: 'TOKENVEND_API_URL is not set.',
      errorType: 'Extension.InvalidSettings',
      stackTrace: [],
    });
  });
});
