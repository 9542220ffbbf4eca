import { expect, type Page } from '@playwright/test';
import { call, list } from '../e2e/people.ts';

/** Identities in the full demo: a class at each point of its life, and one of everything else. */
export interface World {
  readonly draft: string;
  readonly filed: string;
  readonly model: string;
  readonly fraud: string;
  readonly risk: string;
  readonly closing: string;
  readonly paid: string;
  readonly institution: string;
  /** A day on which the class of the fraud was taught, before today. */
  readonly day: string;
  readonly finding: string;
  readonly clip: string;
  readonly notice: string;
  readonly upload: string;
  readonly likeness: string;
  readonly inspection: string;
  readonly camera: string;
  /** What a check-in device of a classroom shows. */
  readonly token: string;
  /** What an invitation's address ends in. */
  readonly secret: string;
}

interface Named {
  id: string;
  name: string;
  institution: { id: string };
}

interface Found {
  id: string;
  kind: string;
  frames: unknown[];
  session: { starts_at: string };
}

/** What the addresses of the pages name: a class of each kind, and the newest of everything else. The manager reads it. */
export async function look(page: Page): Promise<World> {
  const classes = await list<Named>(page, '/classes');
  const of = (major: string): Named => {
    const found = classes.find((one) => one.name.includes(major));
    if (found === undefined) throw new Error(`the full demo has no class of ${major}`);
    return found;
  };
  const fraud = of('健康照护').id;
  const findings = await list<Found>(page, `/findings?class_id=${fraud}`);
  const finding = findings.find(({ kind }) => kind === 'replaced') ?? findings[0];
  const clips = await list<{ id: string; state: string }>(page, '/clips');
  const uploads = await list<{ id: string; state: string }>(page, '/uploads');
  const inspections = await list<{ id: string; state: string }>(page, `/classes/${of('新媒体').id}/inspections`);
  const cameras = await list<{ id: string; status: { state: string }; venue: { id: string } }>(page, '/cameras');
  const camera = cameras.find(({ status }) => status.state === 'live') ?? cameras[0];
  const device = await made(page, '/devices', { venue_id: camera?.venue.id, name: `截图平板 ${crypto.randomUUID().slice(0, 6)}` });
  const invited = await made(page, '/invitations', { display_name: '陈晓', role: 'auditor' });
  return {
    draft: of('宠物健康护理').id,
    filed: of('物联网').id,
    model: of('人工智能').id,
    fraud,
    risk: of('新媒体').id,
    closing: of('养老护理').id,
    paid: of('电子商务').id,
    institution: of('新媒体').institution.id,
    day: dayOf(finding?.session.starts_at ?? ''),
    finding: needed(finding, 'finding').id,
    clip: needed(clips.find(({ state }) => state === 'sealed'), 'sealed clip').id,
    notice: needed((await list<{ id: string }>(page, '/notices'))[0], 'notice').id,
    upload: needed(uploads.find(({ state }) => state === 'accepted'), 'accepted upload').id,
    likeness: await likeness(page),
    inspection: needed(inspections.at(-1), 'inspection').id,
    camera: needed(camera, 'camera').id,
    token: device.token ?? '',
    secret: invited.secret ?? '',
  };
}

/** Footage that was handed in is compared once the demo runs. */
async function likeness(page: Page): Promise<string> {
  const first = async () => (await list<{ id: string }>(page, '/likenesses'))[0];
  await expect.poll(async () => (await first()) !== undefined, { message: 'a likeness', timeout: 120_000, intervals: [2000] }).toBe(true);
  return needed(await first(), 'likeness').id;
}

async function made(page: Page, path: string, body: object): Promise<{ token?: string; secret?: string }> {
  const { status, json } = await call(page, 'POST', path, body);
  if (status !== 201) throw new Error(`POST ${path}: ${status}`);
  return json as { token?: string; secret?: string };
}

function needed<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new Error(`the full demo has no ${what}`);
  return one;
}

function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(instant));
}
