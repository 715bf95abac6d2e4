package io.entente.samples.resolver;

import io.entente.cluster.map.Codec;
import io.entente.cluster.map.JsonResolver;

/** {@link SeatBooking} for configuration: {@code resolver = io.entente.samples.resolver.SeatBookingOfJson}. */
public final class SeatBookingOfJson extends JsonResolver<Seat> {

    /** Of seats such as {@code {"bookings": [{"reference": "A1", "passenger": "alice", "at": 1}], "cancelled": []}}. */
    public SeatBookingOfJson() {
        super(Codec.json(Seat.class), new SeatBooking());
    }
}
