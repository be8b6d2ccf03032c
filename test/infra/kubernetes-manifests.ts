import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const manifests = new URL('../../deploy/kubernetes/', import.meta.url);

const pairs = z.array(z.object({ name: z.string(), value: z.string() })).default([]);

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  env: pairs,
  restartPolicy: z.string().optional(),
  securityContext: z.unknown(),
  resources: z.object({
    requests: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.string()),
  }),
  volumeMounts: z.array(
    z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().default(false) }),
  ),
});

const volume = z.looseObject({
  name: z.string(),
  emptyDir: z.object({ medium: z.string().optional(), sizeLimit: z.string() }).optional(),
});

const podSpec = z.looseObject({
  serviceAccountName: z.string(),
  securityContext: z.unknown(),
  initContainers: z.array(container),
  containers: z.array(container),
  volumes: z.array(volume),
});

const workload = z.looseObject({ spec: z.looseObject({ template: z.object({ spec: podSpec }) }) });

/** A container of a manifest, with what was left out as empty lists. */
export type Container = z.infer<typeof container>;
/** The part of a Deployment or Job that says what a pod is. */
export type PodSpec = z.infer<typeof podSpec>;

/** The ways that the manifests show, each with the folder of its name. */
export const variants = ['init', 'sidecar', 'environment', 'job'] as const;
/** The name of one of them. */
export type Variant = (typeof variants)[number];

/** A file of deploy/kubernetes, as YAML 1.2 reads it. */
export function manifest(path: string): unknown {
  return parse(readFileSync(new URL(path, manifests), 'utf8'));
}

/** The pod of a variant. */
export function podOf(variant: Variant): PodSpec {
  const file = variant === 'job' ? 'job/job.yaml' : `${variant}/deployment.yaml`;
  return workload.parse(manifest(file)).spec.template.spec;
}

/** The container of a variant that is called so. @throws Error where there is none. */
export function containerOf(variant: Variant, name: string): Container {
  const { initContainers, containers } = podOf(variant);
  const found = [...initContainers, ...containers].find((one) => one.name === name);
  if (found === undefined) throw new Error(`${variant} has no container ${name}`);
  return found;
}

/** The environment of every container that runs tokenvend. */
export function settings(): Readonly<Record<string, string>> {
  const file = manifest('base/settings.yaml');
  return z.object({ data: z.record(z.string(), z.string()) }).parse(file).data;
}

/** The verb and its arguments, where a container runs tokenvend: what follows the image's own program. */
export function tokenvendArguments({ command, args, image }: Container): string[] | undefined {
  const isOwnEntrypoint = command.length === 0 && image.includes('/tokenvend:');
  const isProgram = command.some((word) => word.endsWith('/bin/tokenvend'));
  return isOwnEntrypoint || isProgram ? args : undefined;
}
