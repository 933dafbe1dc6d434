/**
 * Switches pool elements and pool users on in an application context without Spring Boot.
 */
@NullMarked
package org.rserpool.spring.config;

import org.jspecify.annotations.NullMarked;
