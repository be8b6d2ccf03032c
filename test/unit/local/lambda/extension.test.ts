import { describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../../../local/lambda/api-answer.ts';
import { createExtension, type Extension } from '../../../../local/lambda/extension.ts';
import { isPending } from '../../../builders/deferred.ts';

const event = jsonAnswer(200, { eventType: 'INVOKE' });

function aRegistered(): Extension {
  const extension = createExtension({ id: 'id', name: 'one', kind: 'external' });
  extension.register(['INVOKE']);
  return extension;
}

describe('an extension that waits for an event', () => {
  it('gets the next one, and runs', async () => {
    const extension = aRegistered();
    const next = extension.next();

    extension.release(event);

    expect(await next).toBe(event);
    expect(extension.state()).toBe('Running');
  });

  it('gets an event at once that came while it ran', async () => {
    const extension = aRegistered();

    extension.release(event);

    expect(await extension.next()).toBe(event);
  });

  it('is refused instead when it reported an error meanwhile', async () => {
    const extension = aRegistered();
    const next = extension.next();
    extension.report('exitError');

    extension.release(event);

    expect((await next).status).toBe(403);
  });

  it('cannot wait twice', async () => {
    const extension = aRegistered();
    void extension.next();

    expect((await extension.next()).status).toBe(403);
  });
});

describe('readiness', () => {
  it('comes with the call of next, and goes with the event', async () => {
    const extension = aRegistered();
    const first = extension.whenReady();
    expect(await isPending(first)).toBe(true);

    void extension.next();
    await first;
    extension.release(event);

    expect(await isPending(extension.whenReady())).toBe(true);
  });
});
