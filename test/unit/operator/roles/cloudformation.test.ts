import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { roleTemplate } from '../../../../operator/roles/cloudformation.ts';
import { teamRoles } from '../../../../operator/roles/team-roles.ts';
import { aCompiledRegistry, withUser } from '../../../builders/registry-files.ts';

const vendorRoleArn = 'arn:aws:iam::999988887777:role/tokenvend-vendor-eu-west-1';

const templateOf = (changes: Parameters<typeof aCompiledRegistry>[0] = {}) =>
  roleTemplate(teamRoles(aCompiledRegistry(changes), { vendorRoleArn }));

describe('roleTemplate', () => {
  it('keeps a role’s logical id when another role comes before it', () => {
    const accounting = {
      roles: ['arn:aws:iam::111122223333:role/tokenvend-accounting'],
      members: { batch: { issuer: 'cluster', subject: 'batch' } },
    };
    const before = Object.keys(parse(templateOf()).Resources);

    const after = Object.keys(
      parse(
        templateOf({
          teams: { accounting },
          ...withUser('accounting', { teams: ['accounting'] }),
        }),
      ).Resources,
    );

    expect(before).toHaveLength(2);
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('says the same to readers of YAML 1.1, for whom a bare 2012-10-17 is a date', () => {
    const template = templateOf();

    expect(parse(template, { version: '1.1' })).toEqual(parse(template));
  });
});
