import { describe, expect, it } from 'vitest';
import { everything, objectionsTo } from './stack.ts';

const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
  [{ EndpointType: 'PRIVATE' }, /needs VpcEndpointIds/],
  [{ AuthorizerSubnetIds: 'subnet-0a1b' }, /needs AuthorizerSecurityGroupIds/],
  [{ SignInIssuer: 'https://issuer.example.com' }, /needs SignInClientId/],
  [{ RegistryBackend: 'table' }, /needs PublisherPrincipals/],
  [{ DomainName: 'tokens.example.com' }, /needs CertificateArn/],
  [{ DefaultEndpoint: 'closed' }, /needs DomainName/],
  [{ ProbeTarget: 'orders/probe' }, /needs ProbeDeniedTarget/],
  [{ ProbeSubnetIds: 'subnet-0a1b' }, /needs ProbeSecurityGroupIds/],
  [{ ExampleSubnetIds: 'subnet-0a1b' }, /needs ExampleSecurityGroupIds/],
];

describe('the rules for parameters', () => {
  it.each(cases)('refuse %j', (parameters, objection) => {
    expect(objectionsTo(parameters)).toEqual([expect.stringMatching(objection)]);
  });

  it('refuse a private API with a domain, which is for regional ones', () => {
    const parameters = { ...everything, EndpointType: 'PRIVATE', VpcEndpointIds: 'vpce-0a1b' };

    expect(objectionsTo(parameters)).toEqual([expect.stringMatching(/DomainName is for/)]);
  });

  it('refuse a probe that could not reach the private API it asks', () => {
    const parameters = {
      EndpointType: 'PRIVATE',
      VpcEndpointIds: 'vpce-0a1b',
      ProbeTarget: 'orders/probe',
      ProbeDeniedTarget: 'orders/orders_app',
    };

    expect(objectionsTo(parameters)).toEqual([expect.stringMatching(/PRIVATE API needs/)]);
  });

  it('let the defaults pass, and everything together', () => {
    expect(objectionsTo({})).toEqual([]);
    expect(objectionsTo(everything)).toEqual([]);
  });
});
