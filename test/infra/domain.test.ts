import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deploy, everything, get, ofType } from './stack.ts';

const environment = z.object({ Variables: z.record(z.string(), z.unknown()) });

describe('the domain', () => {
  const stack = deploy(everything);

  it('is there only where it is asked for', () => {
    const plain = deploy({ HostedZoneId: 'Z0EXAMPLE' });

    expect(['Domain', 'DomainMapping', 'DomainRecord'].filter((name) => plain.has(name))).toEqual(
      [],
    );
  });

  it('leads to this API, at its root', () => {
    expect(get(stack, 'DomainMapping').Properties).toEqual({
      DomainName: 'Domain',
      RestApiId: 'Api',
      Stage: 'Api.Stage',
    });
    expect(get(stack, 'Domain').Properties).toMatchObject({
      DomainName: 'tokens.example.com',
      RegionalCertificateArn: everything.CertificateArn,
      SecurityPolicy: 'TLS_1_2',
    });
  });

  it.each([
    ['open', false],
    ['closed', true],
  ])('with DefaultEndpoint %s is the only way in: %s', (DefaultEndpoint, only) => {
    const api = get(deploy({ ...everything, DefaultEndpoint }), 'Api');

    expect(api.Properties.DisableExecuteApiEndpoint).toBe(only);
  });

  it('leaves the default endpoint open unless told otherwise, for those who have its address', () => {
    expect(get(stack, 'Api').Properties.DisableExecuteApiEndpoint).toBe(false);
  });

  it('is what every function of the stack that calls the API has for its address', () => {
    const addresses = ofType(stack, 'AWS::Serverless::Function').flatMap(([, { Properties }]) => {
      const { Variables } = environment.parse(Properties.Environment);
      return Variables.TOKENVEND_API_URL ?? [];
    });

    expect(addresses).toEqual(['https://tokens.example.com', 'https://tokens.example.com']);
  });

  it('is written into the zone given, and into none otherwise', () => {
    expect(get(stack, 'DomainRecord').Properties).toMatchObject({
      Name: 'tokens.example.com',
      HostedZoneId: 'Z0EXAMPLE',
      AliasTarget: { DNSName: 'Domain.RegionalDomainName' },
    });
    expect(deploy({ ...everything, HostedZoneId: '' }).has('DomainRecord')).toBe(false);
  });
});
