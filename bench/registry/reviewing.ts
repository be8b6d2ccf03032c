import { checkRegistry } from '../../core/registry/load.ts';
import type { Member, RegistryDocument } from '../../core/registry/model.ts';
import { plan } from '../../operator/plan/plan.ts';
import { absolute, type Measurement } from '../measurement.ts';
import { registryOf } from '../vend/registry-of.ts';
import { registryFilesOf } from './registry-files.ts';
import { shownProgress } from './shown-progress.ts';
import { costOf, type WorkCost } from './work-cost.ts';

const databases = 100_000;

/** What a reviewer or a pipeline waits for before a registry of 100,000 databases is published. */
export function measureReviewing(): readonly Measurement[] {
  const files = registryFilesOf(databases);
  const validated = costOf(() => checkRegistry(files, shownProgress()));
  if (!validated.result.ok) throw new Error('the registry of the bench has errors');
  const before = registryOf(databases);
  const planned = costOf(() => plan(before, reviewed(before)));
  if (planned.result.changes.length === 0) throw new Error('the plan shows nothing');
  return [...rows('validating', validated), ...rows('planning', planned)];
}

const rows = (what: string, { ms, heapBytes }: WorkCost<unknown>): readonly Measurement[] => [
  absolute(`${what} 100,000 databases`, 'ms', ms),
  absolute(`${what} 100,000 databases, heap at most`, 'KB', heapBytes / 1000),
];

/** The dearest kind of change: a member that admits everybody, and a port for one database in a hundred. */
function reviewed(before: RegistryDocument): RegistryDocument {
  return {
    ...before,
    version: 'reviewed',
    members: before.members.map((member, at) => (at === 0 ? widened(member) : member)),
    databases: before.databases.map((one, at) => (at % 100 === 0 ? { ...one, port: 5433 } : one)),
  };
}

const widened = (member: Member): Member =>
  member.kind === 'jwt' ? { ...member, subject: { prefix: 'system:serviceaccount:' } } : member;
