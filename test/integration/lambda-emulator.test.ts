import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWallClock } from '../../local/lambda/wall-clock.ts';
import { aFolder, aLambda, printedBy, recordedEvents } from './lambda-programs/a-lambda.ts';

const events = (lambda: { history(): readonly { event: string }[] }): string[] =>
  lambda.history().map(({ event }) => event);

const pythonRuntime = fileURLToPath(new URL('../../local/lambda/runtime.py', import.meta.url));

describe('init', () => {
  it('starts extensions first, and is done when all wait for an event', async () => {
    const lambda = await aLambda('echo', {}, { one: 'recorder.cjs', two: 'recorder.cjs' });

    const end = await lambda.initialized;

    expect(end).toEqual({ kind: 'done' });
    expect(lambda.extensions()).toEqual([
      { name: 'one', state: 'Ready' },
      { name: 'two', state: 'Ready' },
    ]);
  });

  it('is tried again within the first invocation when it overran its limit', async () => {
    const env = { EXTENSION_START_DELAY_MS: '600' };
    const lambda = await aLambda('echo', { env, initLimitMs: 200 }, { late: 'recorder.cjs' });

    const overrun = await lambda.initialized;
    const result = await lambda.invoke();
    await lambda.idle();

    expect(overrun).toEqual({ kind: 'timeout' });
    expect(result).toMatchObject({ status: 200, functionError: undefined });
    expect(events(lambda)).toEqual([
      'init',
      'init-overrun',
      'reset',
      'invoke',
      'init',
      'ready',
      'freeze',
    ]);
  });

  it('fails when an extension never registers, and the invocation times out', async () => {
    const limits = { initLimitMs: 100, functionTimeoutMs: 300 };
    const lambda = await aLambda('echo', limits, { mute: 'mute.sh' });

    const { functionError, body } = await lambda.invoke();

    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(body)).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('fails with LaunchError when a file is not executable', async () => {
    const extensionsDirectory = join(await aFolder(), 'extensions');
    await mkdir(extensionsDirectory);
    await writeFile(join(extensionsDirectory, 'broken'), '#!/bin/sh\n');
    await chmod(join(extensionsDirectory, 'broken'), 0o644);
    const lambda = await aLambda('echo', { extensionsDirectory });

    const end = await lambda.initialized;

    expect(end).toMatchObject({
      kind: 'failed',
      failure: { errorType: 'Extension.LaunchError', message: 'PermissionDenied' },
    });
  });

  it('fails with the error that the runtime reports', async () => {
    const lambda = await aLambda('echo', { function: { handler: 'no-such-file.handler' } });

    const { body, functionError } = await lambda.invoke();

    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(body)).toMatchObject({ errorType: 'TypeError' });
  });
});

describe('environment variables', () => {
  it("are the runtime's, and without what extensions do not see", async () => {
    const lambda = await aLambda('environment', { env: { MINE: '1' } }, { one: 'recorder.cjs' });

    const { body } = await lambda.invoke();

    const seen = Object.keys(JSON.parse(body));
    const [printed] = printedBy(lambda, 'one');
    expect(seen).toEqual(expect.arrayContaining(['_HANDLER', 'AWS_LAMBDA_RUNTIME_API', 'MINE']));
    expect(printed).toEqual({
      variables: expect.arrayContaining(['AWS_LAMBDA_RUNTIME_API', 'AWS_SESSION_TOKEN', 'MINE']),
    });
    expect(printed).not.toEqual({ variables: expect.arrayContaining(['_HANDLER']) });
  });
});

describe('invoke', () => {
  it('returns what the function returns, and keeps its process', async () => {
    const lambda = await aLambda('echo');

    const first = await lambda.invoke({ n: 1 });
    const second = await lambda.invoke({ n: 2 });

    expect(JSON.parse(first.body)).toMatchObject({ event: { n: 1 }, calls: 1 });
    expect(JSON.parse(second.body)).toMatchObject({
      event: { n: 2 },
      calls: 2,
      requestId: second.requestId,
    });
  });

  it("returns the function's error", async () => {
    const lambda = await aLambda('fail');

    const result = await lambda.invoke();

    expect(result).toMatchObject({ status: 200, functionError: 'Unhandled' });
    expect(JSON.parse(result.body)).toEqual({
      errorType: 'RangeError',
      errorMessage: 'as asked',
    });
  });

  it('runs a Python function as well', async () => {
    const lambda = await aLambda('', {
      runtime: { command: 'python3', args: ['-u', pythonRuntime] },
      function: { handler: 'echo.handler', name: 'snake' },
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });

    const good = await lambda.invoke({ n: 1 });
    const bad = await lambda.invoke({ fail: true });

    expect(JSON.parse(good.body)).toEqual({ event: { n: 1 }, function: 'snake' });
    expect(JSON.parse(bad.body)).toEqual({ errorType: 'ValueError', errorMessage: 'as asked' });
  });

  it('answers the caller before a slow extension is done, and freezes after it', async () => {
    const env = { EXTENSION_INVOKE_DELAY_MS: '400' };
    const lambda = await aLambda('echo', { env }, { slow: 'recorder.cjs' });

    await lambda.invoke();
    const frozenWithAnswer = lambda.isFrozen();
    await lambda.idle();

    expect(frozenWithAnswer).toBe(false);
    expect(lambda.isFrozen()).toBe(true);
  });

  it('waits for a slow extension like the RIE where asked to', async () => {
    const env = { EXTENSION_INVOKE_DELAY_MS: '400' };
    const lambda = await aLambda('echo', { env, like: 'rie' }, { slow: 'recorder.cjs' });

    await lambda.invoke();

    expect(lambda.extensions()).toEqual([{ name: 'slow', state: 'Ready' }]);
  });

  it('tells only those extensions that asked for it', async () => {
    const env = { EXTENSION_EVENTS: 'SHUTDOWN' };
    const lambda = await aLambda('echo', { env }, { quiet: 'recorder.cjs' });

    await lambda.invoke();
    await lambda.shutdown();

    expect(recordedEvents(lambda, 'quiet').map(({ event }) => event.eventType)).toEqual([
      'SHUTDOWN',
    ]);
  });
});

describe('freeze', () => {
  it('stops background work until the next invocation', async () => {
    const file = join(await aFolder(), 'count');
    const lambda = await aLambda('tick');
    await lambda.invoke({ file });
    await lambda.idle();
    await pause(50);

    const before = await readFile(file, 'utf8').catch(() => '0');
    await pause(200);
    const later = await readFile(file, 'utf8').catch(() => '0');

    expect(later).toBe(before);
    expect(events(lambda).at(-1)).toBe('freeze');
  });

  it('ends with the next invocation', async () => {
    const lambda = await aLambda('echo');
    await lambda.invoke();
    await lambda.idle();

    const { body } = await lambda.invoke();
    await lambda.idle();

    expect(JSON.parse(body)).toMatchObject({ calls: 2 });
    expect(events(lambda).slice(-4)).toEqual(['freeze', 'invoke', 'thaw', 'freeze']);
  });

  it('lets the wall clock jump while the monotonic one does not', async () => {
    const wall = createWallClock();
    onTestFinished(() => wall.remove());
    const lambda = await aLambda('clock', { env: wall.env, clock: wall.clock });
    const before = JSON.parse((await lambda.invoke()).body);
    await lambda.idle();

    wall.jump(3_600_000);
    const later = JSON.parse((await lambda.invoke()).body);

    expect(later.date - before.date).toBeGreaterThanOrEqual(3_600_000);
    expect(later.monotonic - before.monotonic).toBeLessThan(60_000);
  });
});

describe('reset', () => {
  it('follows a timeout: SHUTDOWN to extensions, and another process for the next call', async () => {
    const options = { functionTimeoutMs: 1_500 };
    const lambda = await aLambda('wait', options, { one: 'recorder.cjs' });
    await lambda.initialized;

    const late = await lambda.invoke({ ms: 60_000 });
    const next = await lambda.invoke({ ms: 0 });

    expect(JSON.parse(late.body)).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(JSON.parse(next.body)).toEqual({ seen: 1 });
    const shutdown = recordedEvents(lambda, 'one').find(
      ({ event }) => event.eventType === 'SHUTDOWN',
    );
    expect(shutdown?.event.shutdownReason).toBe('timeout');
    expect(events(lambda).filter((event) => event === 'init')).toHaveLength(2);
  });

  it.each(['0', '9'])('follows an extension that exits with %s during an invoke', async (code) => {
    const env = { EXTENSION_EXIT_ON_INVOKE: code };
    const lambda = await aLambda('wait', { env }, { brittle: 'recorder.cjs' });

    const { functionError, body } = await lambda.invoke({ ms: 60_000 });

    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(body)).toMatchObject({
      errorType: 'Extension.Crash',
      errorMessage: expect.stringContaining(`exit code ${code}`),
    });
  });

  it('follows a runtime that exits', async () => {
    const lambda = await aLambda('exit', {}, { one: 'recorder.cjs' });

    const { body } = await lambda.invoke({ code: 4 });
    await lambda.idle();

    expect(JSON.parse(body)).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(recordedEvents(lambda, 'one').at(-1)?.event.shutdownReason).toBe('failure');
  });
});

describe('shutdown', () => {
  it('wakes a frozen environment, and tells it why and until when', async () => {
    const lambda = await aLambda('echo', {}, { one: 'recorder.cjs' });
    await lambda.invoke();

    await lambda.shutdown();

    const last = recordedEvents(lambda, 'one').at(-1);
    expect(last?.event).toMatchObject({ eventType: 'SHUTDOWN', shutdownReason: 'spindown' });
    expect((last?.event.deadlineMs ?? 0) - (last?.now ?? 0)).toBeLessThanOrEqual(2_000);
  });

  it('kills an extension that is not gone after two seconds', async () => {
    const env = { EXTENSION_IGNORES_SHUTDOWN: '1' };
    const lambda = await aLambda('echo', { env }, { stubborn: 'recorder.cjs' });
    await lambda.invoke();

    const startedAt = performance.now();
    await lambda.shutdown();

    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(1_900);
    expect(tookMs).toBeLessThan(10_000);
  });

  it('kills an extension at once that did not ask for the event', async () => {
    const env = { EXTENSION_EVENTS: 'INVOKE' };
    const lambda = await aLambda('echo', { env }, { deaf: 'recorder.cjs' });
    await lambda.invoke();

    const startedAt = performance.now();
    await lambda.shutdown();

    expect(performance.now() - startedAt).toBeLessThan(1_900);
    expect(recordedEvents(lambda, 'deaf').map(({ event }) => event.eventType)).toEqual(['INVOKE']);
  });
});

describe('SnapStart', () => {
  const fresh = {
    accessKeyId: 'ASIAAFTERRESTORE0000',
    secretAccessKey: 'fresh',
    sessionToken: 'fresh',
    expiresAt: new Date('2026-03-01T13:00:00Z'),
  };

  it('freezes after init, and restores with new credentials and without an event', async () => {
    const lambda = await aLambda('credentials', { mode: 'snap-start' }, { one: 'recorder.cjs' });
    await lambda.initialized;
    const wasFrozen = lambda.isFrozen();

    await lambda.restore(fresh);
    const { body } = await lambda.invoke();
    await lambda.idle();

    expect(wasFrozen).toBe(true);
    expect(JSON.parse(body)).toMatchObject({ AccessKeyId: fresh.accessKeyId });
    expect(recordedEvents(lambda, 'one').map(({ event }) => event.eventType)).toEqual(['INVOKE']);
  });

  it('keeps credentials out of the environment', async () => {
    const lambda = await aLambda('environment', { mode: 'snap-start' });
    await lambda.restore(fresh);

    const { body } = await lambda.invoke();

    const variables = JSON.parse(body);
    expect(variables).toMatchObject({ AWS_LAMBDA_INITIALIZATION_TYPE: 'snap-start' });
    expect(variables).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(variables).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });

  it('runs nothing before it is restored', async () => {
    const lambda = await aLambda('echo', { mode: 'snap-start' });

    await expect(lambda.invoke()).rejects.toThrow('restored');
  });
});

describe('managed instances', () => {
  const mode = 'lambda-managed-instances';

  it('refuse an extension that wants to hear of invocations', async () => {
    const lambda = await aLambda('echo', { mode }, { one: 'recorder.cjs' });

    const { body } = await lambda.invoke();

    expect(JSON.parse(body)).toMatchObject({ errorType: 'Extension.Crash' });
    expect(printedBy(lambda, 'one')).toContainEqual({
      registered: {
        errorType: 'Extension.InvalidEventType',
        errorMessage: expect.any(String),
      },
    });
  });

  it('run invocations side by side, and do not freeze', async () => {
    const env = { EXTENSION_EVENTS: 'SHUTDOWN' };
    const lambda = await aLambda('wait', { mode, env }, { one: 'recorder.cjs' });

    const results = await Promise.all([1, 2, 3].map(() => lambda.invoke({ ms: 300 })));

    const seen = results.map(({ body }): { seen: number } => JSON.parse(body));
    expect(seen).toContainEqual({ seen: 3 });
    expect(lambda.isFrozen()).toBe(false);
    expect(events(lambda)).not.toContain('freeze');
  });
});
