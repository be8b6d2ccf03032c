import { type Api, type ApiAnswer, jsonAnswer } from './api-answer.ts';

/**
 * The Telemetry and Logs APIs as they answer outside Lambda: accepted, and nothing will come. An
 * extension must not depend on either.
 */
export const telemetryApi: Api = (request) =>
  request.method === 'PUT' ? answers.get(request.path) : undefined;

const answers: ReadonlyMap<string, ApiAnswer> = new Map([
  ['/2022-07-01/telemetry', notSupported('Telemetry')],
  ['/2020-08-15/logs', notSupported('Logs')],
]);

function notSupported(api: 'Telemetry' | 'Logs'): ApiAnswer {
  return jsonAnswer(202, {
    errorMessage: `${api} API is not supported`,
    errorType: `${api}.NotSupported`,
  });
}
