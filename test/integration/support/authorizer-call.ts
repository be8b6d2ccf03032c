import { apiId } from '../../../local/function-environment.ts';
import { authorizerEvent } from '../../../local/gateway/proxy-event.ts';
import { platformAccount, region } from '../../../local/organization.ts';
import { functionsBehind } from './direct-invocation.ts';
import type { TestStack } from './test-stack.ts';

/** What the authorizer function throws for a JWT, as API Gateway would see it. */
export async function errorOfAuthorizer(stack: TestStack, jwt: string): Promise<unknown> {
  const request = {
    requestId: 'request-1',
    method: 'POST',
    target: '/v1/tokens',
    rawHeaders: [['Authorization', `Bearer ${jwt}`]] as const,
    body: '',
    sourceIp: '127.0.0.1',
    receivedAt: new Date(),
  };
  const resource = '/v1/tokens';
  const route = { method: 'POST', resource, auth: 'jwt', function: 'tokens' } as const;
  const context = { apiId, accountId: platformAccount, stage: 'api', domainName: 'localhost' };
  const { authorizer } = functionsBehind(stack);
  return authorizer(
    authorizerEvent(request, { ...route, pathParameters: {} }, { ...context, region }),
  ).catch((thrown: unknown) => thrown);
}
