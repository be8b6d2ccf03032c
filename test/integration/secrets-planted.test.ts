import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelemetry } from '../../adapters/telemetry.ts';
import { externalId } from '../../local/organization.ts';
import { aContext, anEvent } from '../builders/events.ts';
import { errorOfAuthorizer } from './support/authorizer-call.ts';
import { forged } from './support/crafted-jwts.ts';
import { directly, functionsBehind } from './support/direct-invocation.ts';
import { outcomeOf } from './support/http.ts';
import { holdMachineClock } from './support/machine-clock.ts';
import { type Drive, driveOf, inBody, inRegistry, plantedPaths } from './support/planted-paths.ts';
import { type PlantedStack, startPlantedStack } from './support/planted-stack.ts';

const clock = holdMachineClock();
let stack: PlantedStack;
let drive: Drive;

beforeAll(async () => {
  stack = await startPlantedStack();
  drive = driveOf(stack, clock);
  stack.planted.plant('body', inBody);
  stack.planted.plant('registry', inRegistry);
});

afterAll(async () => {
  await stack.close();
  clock.release();
});

describe('A21: no secret is written or answered', () => {
  it.each(plantedPaths)('by %s: %s', async (_what, outcome, go) => {
    const answer = await go(drive);

    expect(outcomeOf(answer)).toBe(outcome);
    expect(stack.leaksIn(answer)).toEqual([]);
    expect(await stack.leaks()).toEqual([]);
  });

  it.each(['json', 'token', 'env'])('by an answer as %s, but for the token', async (format) => {
    const answer = await drive.asPod(undefined, `?format=${format}`);

    expect(answer.text).toMatch(/X-Amz-Signature=[0-9a-f]{64}/);
    expect(stack.leaksIn(answer)).toEqual([]);
    expect(await stack.leaks()).toEqual([]);
  });

  it('by an event of another API', async () => {
    const event = { apiId: inBody, body: inBody, headers: { authorization: await stack.aJwt() } };

    const answer = await directly(stack)('tokens', event);

    expect(stack.planted.in(inspect(answer))).toEqual([]);
    expect(await stack.leaks()).toEqual([]);
  });

  it('by an event that nobody has foreseen', async () => {
    const event = anEvent({ body: inBody, headers: { authorization: await stack.aJwt() } });
    Reflect.deleteProperty(event, 'resource');

    const answer = await functionsBehind(stack).functions.get('tokens')?.(event, aContext());

    expect(answer).toMatchObject({ statusCode: 500 });
    expect(stack.planted.in(inspect(answer))).toEqual([]);
    expect(stack.written()).toContain('UNEXPECTED_ERROR');
    expect(await stack.leaks()).toEqual([]);
  });

  it('by an error that a function throws', async () => {
    const jwt = stack.plantJwt(await forged(await stack.aJwt()));

    const error = await errorOfAuthorizer(stack, jwt);

    expect(error).toMatchObject({ message: 'Unauthorized' });
    expect(stack.planted.in(inspect(error, { depth: 9, showHidden: true }))).toEqual([]);
  });

  it('by an audit trail that cannot be written', async () => {
    const auditFile = join(stack.directory, 'audit.jsonl');
    expect(await stack.leaks()).toEqual([]);
    await rm(auditFile);
    await mkdir(auditFile);

    const answer = await drive.asPod();

    expect(outcomeOf(answer)).toBe('503 UPSTREAM_UNAVAILABLE');
    expect(stack.leaksIn(answer)).toEqual([]);
    expect(await stack.leaks()).toEqual([]);
  });
});

describe('the search itself', () => {
  it('has had logs and metrics to search in, and every kind of secret to search for', () => {
    expect(stack.written()).toContain('ANSWERED_WITH_ERROR');
    expect(stack.written()).toContain('"CloudWatchMetrics"');
    expect(stack.planted.names()).toEqual([
      ...['JWT payload', 'JWT signature', 'body', 'claim', 'external id', 'registry'],
      ...['secret key', 'session token', 'token', 'token signature'],
    ]);
  });

  it('finds secrets in any form, when they are logged on purpose', async () => {
    const { logger } = createTelemetry();
    logger.info('careless', { query: encodeURIComponent(externalId), body: `x${inBody}` });
    logger.info(Buffer.from(`${inRegistry}!`).toString('base64'));

    expect(await stack.leaks()).toEqual(['body', 'external id', 'registry']);
  });
});
