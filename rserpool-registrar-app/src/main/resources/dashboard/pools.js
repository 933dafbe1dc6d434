// The pools, and the elements of those that are opened.
import { ask } from './source.js';
import { ageText, number, pager, printable, put, rows, show, text } from './view.js';

const PAGE = 50;
const OPEN_AT_FIRST = 5;
const MAX_OPEN = 10;

const COLUMNS = [
	['Identifier', 'identifier'],
	['Home', 'home'],
	['Policy', 'policy'],
	['Reached at', null],
	['Known for', 'known'],
	['Lasts', 'remaining'],
	['Reports', 'reports'],
	['Metadata', null],
];

const query = (values) => new URLSearchParams(values).toString();

/** A load is a part of 0xffffffff; all other values are numbers. */
function policyText(values, policy) {
	const entries = Object.entries(values);
	if (entries.length === 0) {
		return policy.startsWith('policy ') ? policy : '';
	}
	return entries.map(([name, value]) => {
		const shown = /load/i.test(name) ? `${(100 * value / 0xffffffff).toFixed(1)} %` : value;
		return `${name.toLowerCase().replaceAll('_', ' ')} ${shown}`;
	}).join(', ');
}

function cellsOf(element) {
	const status = element.status ?? {};
	const reports = status.unreachableReports ?? 0;
	const contents = [
		{ value: element.identifier, className: 'id' },
		{ value: element.home, className: 'id' },
		{ value: policyText(element.policyValues, element.policy) || '\u2013' },
		{ value: element.userTransport, className: 'mono' },
		{ value: status.knownMillis == null ? '\u2013' : ageText(status.knownMillis), className: 'age' },
		{ value: status.remainingMillis == null ? 'without end' : `${ageText(status.remainingMillis)} of ${ageText(element.lifetimeMillis)}`, className: 'age' },
		status.suspected ? { value: `suspected, ${reports}`, badge: 'bad' } : reports > 0 ? { value: reports, badge: 'warn' } : { value: 0 },
		{ tags: Object.entries(element.metadata).map(([key, value]) => `${key}=${value}`) },
	];
	return contents.map((content, index) => ({ ...content, label: COLUMNS[index][0] }));
}

/** One pool. Its elements are asked for while it is open. */
class Pool {

	#key;
	#changed;
	#summary = document.createElement('summary');
	#filter = Object.assign(document.createElement('input'), { type: 'search', maxLength: 200, autocomplete: 'off' });
	#sort = 'identifier';
	#descending = false;
	#offset = 0;
	#caption = document.createElement('caption');
	#body = document.createElement('tbody');
	#pager = Object.assign(document.createElement('nav'), { className: 'pager', hidden: true });
	#heads = [];
	details = document.createElement('details');

	constructor(key, changed) {
		this.#key = key;
		this.#changed = changed;
		this.details.dataset.pool = key;
		this.details.append(this.#summary, this.#content());
		this.details.addEventListener('toggle', () => this.details.open && changed());
		this.#filter.addEventListener('input', () => this.#go(0));
	}

	#content() {
		const content = Object.assign(document.createElement('div'), { className: 'pool-body' });
		const label = text('label', 'Identifier, home, address or metadata contains ');
		label.append(this.#filter);
		const head = document.createElement('tr');
		COLUMNS.forEach(([name, order]) => head.append(this.#head(name, order)));
		const thead = document.createElement('thead');
		thead.append(head);
		// On a narrow screen the table is shown as blocks, and shall be a table to screen readers all the same.
		head.setAttribute('role', 'row');
		thead.setAttribute('role', 'rowgroup');
		this.#body.setAttribute('role', 'rowgroup');
		const table = Object.assign(document.createElement('table'), { className: 'elements' });
		table.setAttribute('role', 'table');
		table.append(this.#caption, thead, this.#body);
		const scroll = Object.assign(document.createElement('div'), { className: 'scroll', tabIndex: 0 });
		scroll.setAttribute('role', 'region');
		scroll.setAttribute('aria-label', 'Pool elements');
		scroll.append(table);
		this.#pager.setAttribute('aria-label', 'Pages of pool elements');
		content.append(label, scroll, this.#pager);
		return content;
	}

	#head(name, order) {
		const head = Object.assign(document.createElement('th'), { scope: 'col' });
		head.setAttribute('role', 'columnheader');
		if (order === null) {
			head.textContent = name;
			return head;
		}
		const button = Object.assign(text('button', name), { type: 'button' });
		button.addEventListener('click', () => {
			this.#descending = this.#sort === order && !this.#descending;
			this.#sort = order;
			this.#go(0);
		});
		head.append(button);
		this.#heads.push([head, order]);
		return head;
	}

	#go(offset) {
		this.#offset = offset;
		// Other rows are shown, but they are no news.
		delete this.#body.dataset.filled;
		this.#changed();
	}

	describe(pool) {
		const handle = Object.assign(text('bdi', printable(pool.handle)), { className: 'handle' });
		const elements = `${number(pool.elements)} element${pool.elements === 1 ? '' : 's'}`;
		const rest = Object.assign(text('span', `${pool.policy.toLowerCase().replaceAll('_', ' ')}, ${elements}, ${number(pool.ownElements)} at home here`), { className: 'quiet' });
		show(this.#summary, [handle, rest]);
		put(this.#caption, `${elements} of the pool ${printable(pool.handle)}`);
	}

	async refresh() {
		const page = await ask(`api/pools/${this.#key}/elements?${query({
			filter: this.#filter.value, sort: this.#sort, descending: this.#descending, offset: this.#offset, limit: PAGE })}`);
		if (page === null) {
			return;
		}
		if (page.elements.length === 0 && page.offset > 0) {
			this.#go(0);
			return;
		}
		this.#heads.forEach(([head, order]) => {
			head.setAttribute('aria-sort', order !== this.#sort ? 'none' : this.#descending ? 'descending' : 'ascending');
		});
		rows(this.#body, page.elements, (element) => element.identifier, cellsOf);
		pager(this.#pager, page, PAGE, page.elements.length, (offset) => this.#go(offset));
	}

}

/** All pools, a page of them at a time. */
export class Pools {

	#parent;
	#count;
	#pager;
	#filter;
	#changed;
	#offset = 0;
	#known = new Map();
	#opened = 0;

	constructor(parent, count, nav, filter, changed) {
		this.#parent = parent;
		this.#count = count;
		this.#pager = nav;
		this.#filter = filter;
		this.#changed = changed;
		filter.addEventListener('input', () => this.#go(0));
	}

	#go(offset) {
		this.#offset = offset;
		this.#changed();
	}

	async refresh() {
		const page = await ask(`api/pools?${query({ filter: this.#filter.value, offset: this.#offset, limit: PAGE })}`);
		if (page.pools.length === 0 && page.offset > 0) {
			this.#go(0);
			return;
		}
		this.#show(page);
		const open = [...this.#known.values()].filter((pool) => pool.details.open);
		open.slice(MAX_OPEN).forEach((pool) => {
			pool.details.open = false;
		});
		for (const pool of open.slice(0, MAX_OPEN)) {
			await pool.refresh();
		}
	}

	#show(page) {
		const gone = new Map(this.#known);
		page.pools.forEach((summary, index) => {
			let pool = this.#known.get(summary.key);
			if (pool === undefined) {
				pool = new Pool(summary.key, this.#changed);
				this.#known.set(summary.key, pool);
				if (this.#opened < OPEN_AT_FIRST) {
					this.#opened++;
					pool.details.open = true;
				}
			}
			gone.delete(summary.key);
			pool.describe(summary);
			if (this.#parent.children[index] !== pool.details) {
				this.#parent.insertBefore(pool.details, this.#parent.children[index] ?? null);
			}
		});
		gone.forEach((pool, key) => {
			pool.details.remove();
			this.#known.delete(key);
		});
		put(this.#count, page.matching > 0 ? `${number(page.matching)} pool${page.matching === 1 ? '' : 's'}`
			: this.#filter.value === '' ? 'No element is registered.' : 'No pool handle contains that.');
		pager(this.#pager, page, PAGE, page.pools.length, (offset) => this.#go(offset));
	}

}
