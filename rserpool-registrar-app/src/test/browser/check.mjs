// Looks at the dashboard in a browser, while real processes come and go: two registrars and two pool elements.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , registrarJar, greeterJar, modules, shots] = process.argv;
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
const children = [];
// A picture is to be looked at; else, an element is a stranger who tries to become part of the page.
const note = shots ? 'second floor' : '<b onclick="alert(1)">bold</b>';

function start(jar, ...args) {
	const child = spawn(java, ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx192m', '-jar', jar, ...args], { stdio: 'ignore' });
	children.push(child);
	return child;
}

async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
	})));
	const ports = servers.map((server) => server.address().port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}

const [http1, asap1, enrp1, http2, asap2, enrp2, web1, web2] = await freePorts(8);
const registrar = (id, http, asap, enrp, peer) => start(registrarJar, `--rserpool.registrar.id=${id}`, `--server.port=${http}`,
	'--server.address=127.0.0.1', `--rserpool.registrar.asap.listen=127.0.0.1:${asap}`, `--rserpool.registrar.enrp.listen=127.0.0.1:${enrp}`,
	`--rserpool.registrar.peers=127.0.0.1:${peer}`, '--rserpool.registrar.announcements.enabled=false');
const element = (id, web, zone, weight) => start(greeterJar, `--server.port=${web}`, '--server.address=127.0.0.1', '--rserpool.listen=127.0.0.1:0',
	`--rserpool.registrars=127.0.0.1:${asap1},127.0.0.1:${asap2}`, `--rserpool.element.greeters.identifier=${id}`,
	'--rserpool.element.greeters.policy=weighted-round-robin', `--rserpool.element.greeters.weight=${weight}`,
	`--rserpool.element.greeters.metadata.zone=${zone}`, `--rserpool.element.greeters.metadata.note=${note}`);

let browser;
try {
	registrar('0x00000001', http1, asap1, enrp1, enrp2);
	registrar('0x00000002', http2, asap2, enrp2, enrp1);
	const elements = [element('0x0000e001', web1, 'north', 1), element('0x0000e002', web2, 'south', 2)];
	const url = `http://127.0.0.1:${http1}/`;
	for (let i = 0; ; i++) {
		try {
			await fetch(`${url}api/registrar`);
			break;
		}
		catch (problem) {
			if (i > 1500) {
				throw problem;
			}
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
		'--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
	const page = await browser.newPage({ viewport: { width: 1180, height: 1000 } });
	page.setDefaultTimeout(180_000);
	const problems = [];
	page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
	page.on('pageerror', (problem) => problems.push(problem.message));
	const quiet = (when) => {
		if (problems.length > 0) {
			throw new Error(`${when}, the browser complained: ${problems.join('; ')}`);
		}
	};
	const shot = async (name) => shots && page.screenshot({ path: join(shots, `${name}.png`) });
	const row = (id) => page.locator('#pools tr', { hasText: id });
	const event = (words) => page.locator('#events li', { hasText: words }).first();
	const step = (what) => console.log(`   ${what}`);

	await page.goto(url);
	await page.evaluate(() => {
		window.neverReloaded = true;
	});
	await row('0x0000e001').waitFor();
	await row('0x0000e002').waitFor();
	await page.locator('#peers tr', { hasText: '0x00000002' }).locator('.badge', { hasText: /^active$/ }).waitFor();
	await event('element 0x0000e001 registered').waitFor();
	await page.locator('.tag', { hasText: `note=${note}` }).first().waitFor();
	step('two pool elements and a peer are shown, and what a stranger wrote is text');
	await shot('light');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shot('dark');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
	if (shots) {
		await page.screenshot({ path: join(shots, 'phone.png'), fullPage: true });
	}
	step('a phone needs no scrolling to the side');
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1180, height: 1000 });

	await page.locator('#pools input').fill('north');
	await row('0x0000e002').waitFor({ state: 'detached' });
	await page.locator('#pools input').fill('');
	await row('0x0000e002').waitFor();
	step('the filter finds an element by its metadata');

	elements[0].kill('SIGKILL');
	await row('0x0000e001').waitFor({ state: 'detached' });
	await event('element 0x0000e001 removed').waitFor();
	await row('0x0000e002').waitFor();
	step('an element that was killed vanishes');
	quiet('While elements came and went');

	children[1].kill('SIGKILL');
	await event('Peer 0x00000002 is thought dead').waitFor();
	step('a registrar that was killed is known to be dead');
	await page.locator('#pools tr', { hasText: '0x0000e002' }).locator('td', { hasText: '0x00000001' }).waitFor();
	quiet('While a peer died');
	await shot('events');

	children[0].kill('SIGSTOP');
	await page.locator('#lost', { hasText: 'cannot be reached' }).waitFor();
	await shot('lost');
	children[0].kill('SIGCONT');
	await page.locator('#lost').waitFor({ state: 'hidden' });
	step('a registrar that hangs is told of, and the page goes on');

	children[0].kill('SIGKILL');
	await page.locator('#lost', { hasText: 'cannot be reached' }).waitFor();
	registrar('0x00000001', http1, asap1, enrp1, enrp2);
	await page.locator('#lost').waitFor({ state: 'hidden' });
	await event('The registrar was started anew').waitFor();
	await row('0x0000e002').waitFor();
	step('a registrar that was started anew is followed');
	const serious = problems.filter((problem) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_NETWORK/.test(problem));
	if (serious.length > 0) {
		throw new Error(`The browser complained: ${serious.join('; ')}`);
	}
	if (!await page.evaluate(() => window.neverReloaded)) {
		throw new Error('The page was loaded again');
	}
	console.log('The dashboard shows what happens.');
}
finally {
	await browser?.close();
	children.forEach((child) => child.kill('SIGKILL'));
}
