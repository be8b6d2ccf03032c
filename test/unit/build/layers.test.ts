import { chmodSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LayerFile, layOut } from '../../../build/layer-files.ts';
import { layerZip } from '../../../build/layer-zip.ts';
import { verify } from '../../../build/node-binary.ts';
import { layerBudgets, measureZip, overBudget } from '../../../build/sizes.ts';

let folder = '';
let files: LayerFile[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenvend-layers-'));
  for (const name of ['program', 'data']) writeFileSync(join(folder, name), name.repeat(100));
  files = [
    { source: join(folder, 'program'), path: 'extensions/tokenvend', isProgram: true },
    { source: join(folder, 'data'), path: 'tokenvend/extension.cjs', isProgram: false },
  ];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Upper half of "external file attributes" in the central directory (APPNOTE.TXT section 4.3.12). */
function modesIn(zip: Uint8Array): number[] {
  const bytes = Buffer.from(zip);
  const modes: number[] = [];
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) {
    modes.push(bytes.readUInt32LE(at + 38) >>> 16);
  }
  return modes;
}

describe('a layer', () => {
  it('holds its files, and marks programs as such', async () => {
    const zip = await layerZip(files);

    expect(Object.keys(unzipSync(zip))).toEqual([
      'extensions/tokenvend',
      'tokenvend/extension.cjs',
    ]);
    expect(modesIn(zip)).toEqual([0o100755, 0o100644]);
  });

  it('has the same bytes whenever, wherever and by whomever it is built', async () => {
    const first = await layerZip(files);
    const zone = process.env.TZ;
    utimesSync(join(folder, 'data'), 1, 1);
    chmodSync(join(folder, 'data'), 0o600);
    process.env.TZ = 'Pacific/Kiritimati';

    const second = await layerZip([...files].reverse());

    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  });

  it('is laid out as Lambda does it', async () => {
    const target = join(folder, 'opt');

    await layOut(files, target);

    expect(statSync(join(target, 'extensions/tokenvend')).mode & 0o777).toBe(0o755);
    expect(statSync(join(target, 'tokenvend/extension.cjs')).mode & 0o777).toBe(0o644);
  });

  it('for Node.js runtimes has 100 KB and not a byte more', async () => {
    const file = join(folder, 'layer.zip');
    writeFileSync(file, Buffer.alloc(100_000));
    const fits = await measureZip('layers/node', file);
    writeFileSync(file, Buffer.alloc(100_001));
    const exceeds = await measureZip('layers/node', file);

    expect([...layerBudgets.keys()]).toEqual(['layers/node']);
    expect(overBudget([fits, exceeds])).toEqual([exceeds]);
  });
});

describe("a layer's Node", () => {
  // printf node | openssl dgst -sha512 -binary | base64 -w0
  const expected =
    'sha512-GDjjPPdoyvYprfEf/0UGB28Qnt95i2sUqeTFirVatiCY0dgsPQg9dp1f/LluvwaIVydtS0kPw2AFs43WFC6+Pg==';

  it('is taken where it is the one that was pinned', () => {
    expect(() => verify(Buffer.from('node'), expected, 'node')).not.toThrow();
  });

  it('is refused where it is not the one that was pinned', () => {
    expect(() => verify(Buffer.from('another'), expected, 'node')).toThrow('pinned');
  });
});
