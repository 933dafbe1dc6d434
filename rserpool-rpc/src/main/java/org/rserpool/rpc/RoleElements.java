package org.rserpool.rpc;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.CachedPool;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolHandle;

/**
 * Selects by the pool user role.
 */
final class RoleElements implements UserElements {

	private final PoolUserRole user;

	private final RegistrarHunt hunt;

	RoleElements(PoolUserRole user, RegistrarHunt hunt) {
		this.user = user;
		this.hunt = hunt;
	}

	@Override
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		this.user.select(pool, excluded, callback);
	}

	@Override
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		return this.user.reportUnreachable(pool, identifier);
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
		this.user.avoid(pool, identifier);
	}

	@Override
	public void trust(PoolHandle pool, int identifier) {
		this.user.trust(pool, identifier);
	}

	@Override
	public @Nullable String registrar() {
		Home home = this.hunt.home();
		return (home != null) ? home.toString() : null;
	}

	@Override
	public void confirm(PoolHandle pool, int identifier) {
		this.user.confirm(pool, identifier);
	}

	@Override
	public @Nullable CachedPool known(PoolHandle pool) {
		return this.user.cachedPool(pool);
	}

	@Override
	public Collection<CachedPool> known() {
		return this.user.cachedPools();
	}

}
