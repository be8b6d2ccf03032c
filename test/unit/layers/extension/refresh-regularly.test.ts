import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refreshRegularly } from '../../../../layers/extension/refresh-regularly.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('refreshing regularly', () => {
  it('renews twice a minute, where no invocation says when', () => {
    const refresh = vi.fn();

    refreshRegularly({ refresh });
    vi.advanceTimersByTime(60_000);

    expect(refresh).toHaveBeenCalledTimes(2);
  });
});
