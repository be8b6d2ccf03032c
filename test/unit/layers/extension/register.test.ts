import { describe, expect, it } from 'vitest';
import { type EventType, RegistrationError } from '../../../../layers/extension/extensions-api.ts';
import { register } from '../../../../layers/extension/register.ts';

function aLambda(refusal: (events: readonly EventType[]) => string | undefined = () => undefined) {
  const asked: (readonly EventType[])[] = [];
  const registration = { next: async () => 'SHUTDOWN' as const, initError: async () => undefined };
  return {
    asked,
    api: {
      register: async (events: readonly EventType[]) => {
        asked.push(events);
        const type = refusal(events);
        if (type !== undefined) throw new RegistrationError(403, type);
        return registration;
      },
    },
  };
}

describe('registering', () => {
  it('asks for both events', async () => {
    const { api, asked } = aLambda();

    const { hearsInvocations } = await register(api, {});

    expect(asked).toEqual([['INVOKE', 'SHUTDOWN']]);
    expect(hearsInvocations).toBe(true);
  });

  it('asks for SHUTDOWN alone on managed instances', async () => {
    const { api, asked } = aLambda();

    const { hearsInvocations } = await register(api, {
      AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances',
    });

    expect(asked).toEqual([['SHUTDOWN']]);
    expect(hearsInvocations).toBe(false);
  });

  it('does so as well where Lambda refuses the other, by whatever name it goes', async () => {
    const { api, asked } = aLambda((events) =>
      events.includes('INVOKE') ? 'Extension.InvalidEventType' : undefined,
    );

    const { hearsInvocations } = await register(api, {});

    expect(asked).toEqual([['INVOKE', 'SHUTDOWN'], ['SHUTDOWN']]);
    expect(hearsInvocations).toBe(false);
  });

  it('takes any other refusal for what it is', async () => {
    const { api, asked } = aLambda(() => 'Extension.TooManyExtensions');

    await expect(register(api, {})).rejects.toMatchObject({ type: 'Extension.TooManyExtensions' });

    expect(asked).toHaveLength(1);
  });
});
