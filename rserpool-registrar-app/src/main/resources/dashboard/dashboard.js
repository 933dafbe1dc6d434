// Shows the registrar that serves this page. All texts reach the document as texts, never as markup.
import { ask, Follower } from './source.js';
import { ageText, number, printable, put, rows, show, text } from './view.js';
import { Pools } from './pools.js';

const POLL_MILLIS = 2000;
const MAX_EVENTS = 200;

const byId = (id) => document.getElementById(id);
const pools = new Pools(byId('pools'), byId('pools-count'), byId('pools-pager'), byId('pool-filter'), refreshSoon);

let lostSince = null;
let instance = null;
let timer = null;
let running = false;
let soon = false;
let again = false;
let busyMillis = 0;
let historyUntil = 0;

function showRegistrar(registrar) {
	put(byId('identifier'), registrar.registrar);
	document.title = `Registrar ${registrar.registrar}`;
	put(byId('state'), registrar.state.toLowerCase());
	byId('state').className = `badge ${registrar.state === 'RUNNING' ? 'good' : 'warn'}`;
	const facts = [
		['Up for', ageText(registrar.uptimeMillis)],
		['ASAP', registrar.asap.join(', ')],
		['ENRP', registrar.enrp.join(', ')],
		['Dialect', registrar.dialect.toLowerCase()],
		['Profile', registrar.profile.toLowerCase()],
		['Pools', number(registrar.pools)],
		['Elements', `${number(registrar.elements)}, ${number(registrar.ownElements)} of them at home here`],
		['Checksum', registrar.checksum],
		['Version', registrar.version ?? 'unknown'],
	];
	show(byId('about'), facts.flatMap(([name, value]) => [text('dt', name), text('dd', value)]));
	showPeers(registrar);
}

function showPeers(registrar) {
	const peers = registrar.peers;
	put(byId('peers-caption'), peers.length === 0 ? 'No other registrar is known.' : `${peers.length} known`);
	rows(byId('peers'), peers, (peer) => peer.identifier, (peer) => [
		{ value: peer.identifier, className: 'id' },
		{ value: peer.state.toLowerCase().replace('_', ' '), badge: peer.state === 'ACTIVE' ? 'good' : peer.state === 'NEW' ? '' : 'bad' },
		{ value: `${ageText(peer.silentMillis)} ago`, className: 'age' },
		{ value: number(peer.elements), className: 'number' },
		{ value: peer.reportedChecksum === null || peer.reportedChecksum === peer.expectedChecksum ? peer.expectedChecksum
			: `${peer.reportedChecksum}, here ${peer.expectedChecksum}`, className: 'id' },
		{ value: peer.addresses.join(', ') },
	]);
	const now = registrar.takeovers.map((takeover) => `Takeover of ${takeover.target} under way for ${ageText(takeover.ageMillis)}`
		+ (takeover.awaited.length > 0 ? `, waiting for ${takeover.awaited.join(', ')}` : ''));
	const past = registrar.pastTakeovers.slice(0, 3).map((takeover) => `${new Date(takeover.time).toLocaleTimeString()}: `
		+ `${takeover.winner} took over ${takeover.elements} element${takeover.elements === 1 ? '' : 's'} of ${takeover.target}`);
	show(byId('takeovers'), [...now, ...past].map((line) => text('li', line)));
}

function reached() {
	lostSince = null;
	byId('lost').hidden = true;
	document.body.classList.remove('stale');
	put(byId('connection'), 'live');
	byId('connection').className = 'badge good';
}

function lost(problem) {
	lostSince ??= new Date();
	put(byId('lost'), `This registrar cannot be reached since ${lostSince.toLocaleTimeString()} (${problem}). `
		+ 'What is shown is what was known then. The page goes on by itself when the registrar is back.');
	byId('lost').hidden = false;
	document.body.classList.add('stale');
	put(byId('connection'), 'not reachable');
	byId('connection').className = 'badge bad';
}

async function refresh() {
	if (running) {
		again = true;
		return;
	}
	running = true;
	soon = false;
	again = false;
	clearTimeout(timer);
	const start = performance.now();
	try {
		const registrar = await ask('api/registrar');
		if (instance !== null && instance !== registrar.instance) {
			note('The registrar was started anew.');
		}
		instance = registrar.instance;
		showRegistrar(registrar);
		await pools.refresh();
		reached();
	}
	catch (problem) {
		lost(problem.message);
	}
	running = false;
	// A large handlespace takes its time; the registrar shall have most of it for its own work.
	busyMillis = performance.now() - start;
	if (again && lostSince === null) {
		refreshSoon();
	}
	else {
		timer = setTimeout(poll, Math.max(POLL_MILLIS, 10 * busyMillis));
	}
}

function poll() {
	if (document.hidden) {
		timer = setTimeout(poll, POLL_MILLIS);
	}
	else {
		refresh();
	}
}

function refreshSoon() {
	if (running) {
		again = true;
	}
	else if (!soon) {
		soon = true;
		clearTimeout(timer);
		timer = setTimeout(refresh, Math.max(150, 5 * busyMillis));
	}
}

function line(time, type, warning, what) {
	const item = document.createElement('li');
	item.className = warning ? 'warning' : '';
	const when = text('time', time.toLocaleTimeString());
	when.dateTime = time.toISOString();
	const kind = text('span', type);
	kind.className = `badge type ${warning ? 'warn' : ''}`;
	const words = text('bdi', printable(what));
	words.className = 'what';
	item.append(when, kind, words);
	const list = byId('events');
	list.prepend(item);
	while (list.children.length > MAX_EVENTS) {
		list.lastChild.remove();
	}
}

function note(what) {
	line(new Date(), 'note', true, what);
}

const follower = new Follower('events', {
	hello(hello) {
		historyUntil = hello.latest;
		byId('events').setAttribute('aria-live', hello.latest > 0 ? 'off' : 'polite');
		put(byId('events-note'), 'The latest event comes first.');
	},
	event(position, event) {
		// What happened before is shown, but not read out.
		if (position > historyUntil) {
			byId('events').setAttribute('aria-live', 'polite');
		}
		line(new Date(event.time), event.type.replaceAll('-', ' '), event.warning, event.text);
		if (position >= historyUntil) {
			refreshSoon();
		}
	},
	missed(missed) {
		note(`Missed ${missed.missed} events: they came faster than they could be shown.`);
	},
	lost() {
		put(byId('events-note'), 'The stream of events is interrupted; it is opened again.');
		refreshSoon();
	},
});

byId('warnings-only').addEventListener('change', (change) => byId('events').classList.toggle('warnings-only', change.target.checked));
document.addEventListener('visibilitychange', () => {
	// Nobody reads what is hidden, and a browser has few connections for one host.
	if (document.hidden) {
		follower.close();
	}
	else {
		follower.open();
		refreshSoon();
	}
});
refresh();
follower.open();
