import { describe, expect, it } from 'vitest';
import {
  createExtensionSet,
  maxExtensions,
  type Registered,
} from '../../../../local/lambda/extension-set.ts';

/** The error type of a refusal, or `done`. */
function outcomeOf(registered: Registered): string {
  if (registered.done) return 'done';
  const { errorType }: { errorType: string } = JSON.parse(registered.refusal.body);
  return `${registered.refusal.status} ${errorType}`;
}

describe('registering an extension', () => {
  it('takes a started process for external, and anything else for internal', () => {
    const set = createExtensionSet('on-demand');
    set.addExternal('process');

    set.register('process', ['SHUTDOWN']);
    set.register('part-of-the-runtime', ['INVOKE']);

    expect(set.all().map(({ name, kind }) => [name, kind])).toEqual([
      ['process', 'external'],
      ['part-of-the-runtime', 'internal'],
    ]);
  });

  it.each([
    ['on-demand', 'external', 'INVOKE', 'done'],
    ['on-demand', 'external', 'SHUTDOWN', 'done'],
    ['on-demand', 'external', 'invoke', '403 Extension.InvalidEventType'],
    ['on-demand', 'internal', 'INVOKE', 'done'],
    ['on-demand', 'internal', 'SHUTDOWN', '403 Extension.InvalidEventType'],
    ['snap-start', 'external', 'INVOKE', 'done'],
    ['lambda-managed-instances', 'external', 'INVOKE', '403 Extension.InvalidEventType'],
    ['lambda-managed-instances', 'external', 'SHUTDOWN', 'done'],
  ] as const)('%s, %s: %s is %s', (mode, kind, event, expected) => {
    const set = createExtensionSet(mode);
    if (kind === 'external') set.addExternal('one');

    const registered = set.register('one', [event]);

    expect(outcomeOf(registered)).toBe(expected);
  });

  it('leaves one that asked for too much free to try again', () => {
    const set = createExtensionSet('lambda-managed-instances');
    set.addExternal('one');
    set.register('one', ['INVOKE']);

    const again = set.register('one', ['SHUTDOWN']);

    expect(outcomeOf(again)).toBe('done');
  });

  it('refuses an eleventh', () => {
    const set = createExtensionSet('on-demand');
    for (let count = 0; count < maxExtensions; count += 1) set.register(`n${count}`, []);

    const eleventh = set.register('one-more', []);

    expect(outcomeOf(eleventh)).toBe('403 Extension.TooManyExtensions');
  });

  it('refuses newcomers after init, and a known one for its state', () => {
    const set = createExtensionSet('on-demand');
    set.addExternal('known');
    set.register('known', []);
    set.closeRegistration();

    expect(outcomeOf(set.register('late', []))).toBe('403 Extension.RegistrationClosed');
    expect(outcomeOf(set.register('known', []))).toBe('403 Extension.InvalidExtensionState');
  });
});
