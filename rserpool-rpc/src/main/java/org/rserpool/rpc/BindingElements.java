package org.rserpool.rpc;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Elements of pools in which some speak another protocol with pool users: those are left
 * out. An element that does not say what it speaks is taken.
 */
final class BindingElements implements ElementSource {

	/** What elements that are called over the data channel say that they speak. */
	static final String RPC = "rpc";

	private final ElementSource all;

	private final String binding;

	BindingElements(ElementSource all, String binding) {
		this.all = all;
		this.binding = binding;
	}

	@Override
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		select(pool, excluded, Set.of(), callback);
	}

	private void select(PoolHandle pool, Set<Integer> excluded, Set<Integer> others, SelectionCallback callback) {
		Set<Integer> left = excluded;
		if (!others.isEmpty()) {
			left = new HashSet<>(excluded);
			left.addAll(others);
		}
		this.all.select(pool, left, new SelectionCallback() {

			@Override
			public void selected(PoolElement element) {
				if (speaks(element)) {
					callback.selected(element);
				}
				else {
					another(element);
				}
			}

			@Override
			public void selectedSuspect(PoolElement element) {
				if (speaks(element)) {
					callback.selectedSuspect(element);
				}
				else {
					another(element);
				}
			}

			@Override
			public void failed(ResolutionFailure failure) {
				boolean none = failure.kind() == Kind.NO_OTHER_ELEMENT && !others.isEmpty() && excluded.isEmpty();
				callback
					.failed(none
							? new ResolutionFailure(Kind.REFUSED, pool,
									"no element of pool " + pool + " speaks " + BindingElements.this.binding)
							: failure);
			}

			private void another(PoolElement element) {
				Set<Integer> more = new HashSet<>(others);
				if (more.add(element.identifier())) {
					select(pool, excluded, more, callback);
				}
				else {
					failed(new ResolutionFailure(Kind.NO_OTHER_ELEMENT, pool, "no other element"));
				}
			}

		});
	}

	private boolean speaks(PoolElement element) {
		String said = element.metadata().isEmpty() ? null : element.metadata().binding();
		return said == null || said.equals(this.binding);
	}

	@Override
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		return this.all.reportUnreachable(pool, identifier);
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
		this.all.avoid(pool, identifier);
	}

	@Override
	public void trust(PoolHandle pool, int identifier) {
		this.all.trust(pool, identifier);
	}

	@Override
	public @Nullable String registrar() {
		return this.all.registrar();
	}

}
