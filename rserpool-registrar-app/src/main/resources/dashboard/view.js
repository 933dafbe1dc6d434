// Small helpers that build the document. Nothing here makes markup out of text.

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** Shows characters that nobody sees, such as those that turn the direction of a line. */
export function printable(value) {
	return String(value).replace(UNSEEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** Makes an element that contains a text. */
export function text(name, value) {
	const element = document.createElement(name);
	element.textContent = value;
	return element;
}

/** Changes a text, if it is another one: so selections stay, and nothing is read out twice. */
export function put(element, value) {
	if (element.textContent !== String(value)) {
		element.textContent = value;
	}
}

/** Changes the children of an element, if they are others. */
export function show(parent, children) {
	const same = parent.children.length === children.length
		&& children.every((child, index) => child.isEqualNode(parent.children[index]));
	if (!same) {
		parent.replaceChildren(...children);
	}
}

/** Makes rows of a table be those of some things; rows that stay are changed in place. */
export function rows(body, things, keyOf, cellsOf) {
	const known = new Map([...body.children].map((row) => [row.dataset.key, row]));
	const first = body.dataset.filled === undefined;
	body.dataset.filled = '';
	const wanted = things.map((thing) => {
		const key = keyOf(thing);
		let row = known.get(key);
		if (row === undefined) {
			row = document.createElement('tr');
			row.dataset.key = key;
			row.setAttribute('role', 'row');
			if (!first) {
				row.className = 'fresh';
				setTimeout(() => row.classList.remove('fresh'), 3000);
			}
		}
		known.delete(key);
		cells(row, cellsOf(thing));
		return row;
	});
	known.forEach((row) => row.remove());
	wanted.forEach((row, index) => {
		if (body.children[index] !== row) {
			body.insertBefore(row, body.children[index] ?? null);
		}
	});
}

function cells(row, contents) {
	contents.forEach((content, index) => {
		const cell = row.children[index] ?? row.appendChild(document.createElement('td'));
		cell.setAttribute('role', 'cell');
		cell.className = content.className ?? '';
		if (content.label !== undefined) {
			cell.dataset.label = content.label;
		}
		if (content.tags !== undefined) {
			const tags = document.createElement('div');
			tags.className = 'tags';
			tags.append(...content.tags.map((tag) => Object.assign(text('bdi', printable(tag)), { className: 'tag' })));
			show(cell, [tags]);
		}
		else {
			const value = text(content.badge === undefined ? 'bdi' : 'span', printable(content.value));
			value.className = content.badge === undefined ? '' : `badge ${content.badge}`;
			show(cell, [value]);
		}
	});
}

/** Says how long something takes or took. */
export function ageText(millis) {
	const seconds = Math.floor(millis / 1000);
	if (millis < 10_000) {
		return `${(millis / 1000).toFixed(1)} s`;
	}
	if (seconds < 120) {
		return `${seconds} s`;
	}
	if (seconds < 7200) {
		return `${Math.floor(seconds / 60)} min`;
	}
	return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** Writes a count. */
export function number(count) {
	return count.toLocaleString('en');
}

/** Makes a pager be one for some page. */
export function pager(nav, page, limit, shown, go) {
	nav.hidden = page.matching <= limit && page.offset === 0;
	if (nav.children.length === 0) {
		nav.append(text('button', 'Previous'), text('span', ''), text('button', 'Next'));
		[...nav.querySelectorAll('button')].forEach((button) => {
			button.type = 'button';
		});
	}
	const [previous, where, next] = nav.children;
	put(where, shown === 0 ? 'none' : `${number(page.offset + 1)} to ${number(page.offset + shown)} of ${number(page.matching)}`);
	previous.disabled = page.offset === 0;
	next.disabled = page.offset + shown >= page.matching || page.offset + 2 * limit > 10_000;
	previous.onclick = () => go(Math.max(0, page.offset - limit));
	next.onclick = () => go(page.offset + limit);
}
