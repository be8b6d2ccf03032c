import { describe, expect, it } from 'vitest';
import { apiBody, routesOf } from './api-body.ts';
import { openapi } from './openapi-document.ts';
import { deploy, ofType } from './stack.ts';

const contract = [
  ['POST', '/v1/tokens', 'jwt', 'tokens'],
  ['GET', '/v1/databases', 'jwt', 'databases'],
  ['GET', '/v1/whoami', 'jwt', 'databases'],
  ['POST', '/v1/iam/tokens', 'iam', 'tokens'],
  ['GET', '/v1/iam/databases', 'iam', 'databases'],
  ['GET', '/v1/iam/whoami', 'iam', 'databases'],
  ['GET', '/v1/ca/{bundle}', 'none', 'public'],
  ['GET', '/v1/config', 'none', 'public'],
  ['GET', '/v1/health', 'none', 'public'],
] as const;

describe('the routes of the template', () => {
  it('are the routes of openapi.yaml, with the same authorization', () => {
    expect(routesOf(apiBody().paths)).toEqual(routesOf(openapi.paths));
  });

  it.each(contract)('%s %s (%s) is answered by %s', (method, path, auth, name) => {
    const { paths } = apiBody();

    expect(routesOf(paths)).toContainEqual({ method, path, auth });
    expect(paths[path]?.[method.toLowerCase()]?.['x-amazon-apigateway-integration'].uri).toBe(
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/' +
        `arn:aws:lambda:eu-west-1:999988887777:function:tokenvend-${name}/invocations`,
    );
  });

  it('are no more than these', () => {
    expect(routesOf(apiBody().paths)).toHaveLength(contract.length);
  });

  it('lead to functions that the template names so', () => {
    const names = ofType(deploy(), 'AWS::Serverless::Function').map(
      ([, { Properties }]) => Properties.FunctionName,
    );

    const invoked = new Set(contract.map(([, , , name]) => `tokenvend-${name}`));

    expect(names).toEqual(expect.arrayContaining([...invoked]));
    expect(names).toHaveLength(invoked.size + 1);
  });
});

describe('the ways to prove an identity', () => {
  const { securitySchemes } = apiBody({ AuthorizerTtlSeconds: '0' }).components;

  it('are those of openapi.yaml', () => {
    expect(Object.keys(securitySchemes).sort()).toEqual(
      Object.keys(openapi.components.securitySchemes).sort(),
    );
  });

  it('take the JWT from the Authorization header, through our authorizer', () => {
    expect(securitySchemes.jwt).toMatchObject({
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        type: 'request',
        identitySource: 'method.request.header.Authorization',
        authorizerResultTtlInSeconds: '0',
        authorizerUri: expect.stringMatching(/:function:tokenvend-authorizer\/invocations$/),
      },
    });
  });

  it('leave SigV4 to API Gateway', () => {
    expect(securitySchemes.iam).toMatchObject({ 'x-amazon-apigateway-authtype': 'awsSigv4' });
  });
});
