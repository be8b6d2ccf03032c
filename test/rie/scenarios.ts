import { crashes } from './scenario-crashes.ts';
import { errorReports } from './scenario-error-reports.ts';
import { invocation } from './scenario-invocation.ts';
import { registration } from './scenario-registration.ts';
import { timeout } from './scenario-timeout.ts';
import type { Scenario } from './stage.ts';

/** Everything that is compared; each starts afresh. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  registration,
  invocation,
  timeout,
  ...errorReports,
  ...crashes,
};
