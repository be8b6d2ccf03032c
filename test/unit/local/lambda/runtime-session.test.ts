import { describe, expect, it } from 'vitest';
import { createConcurrentRuntimeSession } from '../../../../local/lambda/concurrent-runtime-session.ts';
import { createInvocation, type Invocation } from '../../../../local/lambda/invocation.ts';
import {
  createRuntimeSession,
  type RuntimeSession,
} from '../../../../local/lambda/runtime-session.ts';
import { isPending } from '../../../builders/deferred.ts';

const answer = { kind: 'response', body: '1' } as const;

function anInvocation(requestId = 'a'): Invocation {
  return createInvocation({
    requestId,
    payload: `"${requestId}"`,
    deadline: new Date('2026-03-01T12:00:03Z'),
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:local',
    traceId: undefined,
  });
}

describe.each([
  ['one at a time', createRuntimeSession],
  ['side by side', createConcurrentRuntimeSession],
])('a runtime, %s', (_, create: () => RuntimeSession) => {
  it('gets an invocation, and its answer reaches the caller', async () => {
    const session = create();
    const invocation = anInvocation();
    const next = session.next();

    session.release(invocation);
    const work = await next;
    const taken = session.answer('a', answer);

    expect(work).toMatchObject({
      body: '"a"',
      headers: { 'lambda-runtime-deadline-ms': '1772366403000' },
    });
    expect(taken.status).toBe(202);
    expect(await invocation.answered.opened).toBe(answer);
  });

  it('is refused the answer to another request', async () => {
    const session = create();
    session.release(anInvocation());
    await session.next();

    expect(session.answer('b', answer).status).toBe(400);
  });

  it('cannot report an init error once it has asked for work', () => {
    const session = create();
    void session.next();

    expect(session.reportInitError('{}').status).toBe(403);
    expect(session.initError()).toBeUndefined();
  });
});

describe('a runtime that takes one at a time', () => {
  it('gets the same invocation again until it has answered', async () => {
    const session = createRuntimeSession();
    session.release(anInvocation());
    const first = await session.next();

    const second = await session.next();

    expect(second).toEqual(first);
  });

  it('is not ready again before it asks', async () => {
    const session = createRuntimeSession();
    session.release(anInvocation());
    await session.next();
    session.answer('a', answer);

    expect(await isPending(session.whenReady())).toBe(true);
    void session.next();
    expect(await isPending(session.whenReady())).toBe(false);
  });

  it('is refused a second answer', async () => {
    const session = createRuntimeSession();
    session.release(anInvocation());
    await session.next();
    session.answer('a', answer);

    expect(session.answer('a', answer).status).toBe(403);
  });
});

describe('a runtime that takes several', () => {
  it('has as many invocations as it polls for, and the rest wait', async () => {
    const session = createConcurrentRuntimeSession();
    const polls = [session.next(), session.next()];

    for (const id of ['a', 'b', 'c']) session.release(anInvocation(id));

    expect((await Promise.all(polls)).map(({ body }) => body)).toEqual(['"a"', '"b"']);
    expect((await session.next()).body).toBe('"c"');
  });
});
